import { once } from 'node:events';
import { createServer } from 'node:http';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';

// Computes for 300 ms by the clock: as long in every language.
function compute() {
  const end = performance.now() + 300;
  let sum = 0;
  while (performance.now() < end) {
    for (let i = 0; i < 1000; i++) sum = (sum * 31 + i) % 1_000_003;
  }
  return sum < 1_000_003 ? 'done' : 'wrong';
}

async function serve(work) {
  await work(); // the worker has started by then
  const server = createServer(async (request, response) => {
    const body = request.url === '/compute' ? await work() : 'short';
    response.setHeader('Content-Type', 'text/plain');
    response.end(body);
  });
  server.keepAliveTimeout = 60_000; // milliseconds; connections stay open
  server.listen(0, '127.0.0.1', () => {
    console.log(JSON.stringify({ port: server.address().port }));
  });
}

if (!isMainThread) {
  parentPort.on('message', () => parentPort.postMessage(compute()));
} else if (process.argv[2] === 'worker') {
  const worker = new Worker(new URL(import.meta.url));
  await serve(async () => {
    worker.postMessage('go');
    const [body] = await once(worker, 'message');
    return body;
  });
} else {
  await serve(async () => compute());
}
