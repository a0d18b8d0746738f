-- Asks for paths, one a line of the file named first: after as many lines as
-- the second argument says, and at most as many as the third. After the last
-- it begins again with the first of these. At the end it prints one line of JSON.
local requests, at = {}, 0

function init(args)
  local skip, most, line = tonumber(args[2]), tonumber(args[3]), 0
  for path in io.lines(args[1]) do
    line = line + 1
    if line > skip + most then break end
    if line > skip then requests[#requests + 1] = wrk.format("GET", path) end
  end
end

function request()
  at = at % #requests + 1
  return requests[at]
end

function done(summary, latency)
  local e = summary.errors
  io.write(string.format(
    '\nbench {"requests":%d,"microseconds":%d,"bytes":%d,"p50":%.1f,"p99":%.1f,"failed":%d}\n',
    summary.requests, summary.duration, summary.bytes, latency:percentile(50), latency:percentile(99),
    e.connect + e.read + e.write + e.status + e.timeout))
end
