import { once } from 'node:events';
import { isMainThread, parentPort, Worker } from 'node:worker_threads';

function fib(n) {
  return n < 2 ? n : fib(n - 1) + fib(n - 2);
}

async function ask(worker, n) {
  worker.postMessage(n);
  const [result] = await once(worker, 'message');
  return result;
}

async function measure(two) {
  let results;
  const times = [];
  for (let round = 0; round < 8; round++) {
    const start = performance.now();
    results = await two();
    times.push(performance.now() - start);
  }
  const answer = results.join(' and ');
  console.log(JSON.stringify({ answer, times: times.slice(3) }));
}

if (!isMainThread) {
  parentPort.on('message', (n) => parentPort.postMessage(fib(n)));
} else if (process.argv[2] === 'workers') {
  const file = new URL(import.meta.url);
  const workers = [new Worker(file), new Worker(file)];
  await measure(() => Promise.all(workers.map((worker) => ask(worker, 30))));
  await Promise.all(workers.map((worker) => worker.terminate()));
} else {
  await measure(async () => [fib(30), fib(30)]);
}
