// What a browser has to load before it can show a page: bytes on the wire,
// compressed as Chromium asks for it.

import { get } from "node:http";

/** @typedef {import("./judge.mjs").Site} Site */
/** @typedef {import("./judge.mjs").Verdict} Verdict */

// Bytes of a page and its style sheets together, by the end of its path.
const limits = [
  { path: /\/result\/\w+$/, most: 20_000 },
  { path: /\/questions$/, most: 20_000 },
  { path: /-vs-[^/]+$/, most: 40_000 },
  { path: /\/table(\?with=\w+)?$/, most: 35_000 },
];
const scriptLimit = 8_000;

/** @param {Site} site @returns {Promise<Verdict>} */
export async function budgets({ origin, pages }) {
  const problems = [];
  const parts = [];
  const scripts = new Set();
  for (const page of pages) {
    const limit = limits.find((l) => l.path.test(page.path));
    if (!limit || page.status !== 200) continue;
    let bytes = await weigh(origin + page.path);
    for (const [link] of page.body.matchAll(/<link[^>]*rel="stylesheet"[^>]*>/g)) bytes += await weigh(origin + /href="([^"]+)"/.exec(link)?.[1]);
    for (const [, src] of page.body.matchAll(/<script[^>]*src="([^"]+)"/g)) scripts.add(src);
    const said = `${page.path} ${kb(bytes)} of ${kb(limit.most)}`;
    parts.push(said);
    if (bytes >= limit.most) problems.push(said);
  }
  let script = 0;
  for (const src of scripts) script += await weigh(origin + src);
  parts.push(`script ${kb(script)} of ${kb(scriptLimit)}`);
  if (script >= scriptLimit) problems.push(parts[parts.length - 1]);
  return { line: parts.join(", "), problems };
}

/** @param {number} bytes */
const kb = (bytes) => `${(bytes / 1000).toFixed(1)} kB`;

/**
 * How many bytes a browser gets. What is the same for everybody is compressed in
 * the background, and its first readers get a little more: for that it waits.
 *
 * @param {string} url
 */
async function weigh(url) {
  let { bytes, coding } = await load(url);
  for (let n = 0; n < 50 && coding !== "br" && !/\/result\/|\?with=/.test(url); n++) {
    await new Promise((done) => setTimeout(done, 100));
    ({ bytes, coding } = await load(url));
  }
  return bytes;
}

/** @param {string} url @returns {Promise<{bytes: number, coding: string | undefined}>} the answer's body as it is sent */
function load(url) {
  return new Promise((done, fail) => {
    get(url, { headers: { "Accept-Encoding": "gzip, deflate, br, zstd" } }, (response) => {
      if (response.statusCode !== 200) fail(new Error(`${url} answers ${response.statusCode}`));
      let bytes = 0;
      response.on("data", (chunk) => (bytes += chunk.length));
      response.on("end", () => done({ bytes, coding: response.headers["content-encoding"] }));
    }).on("error", fail);
  });
}
