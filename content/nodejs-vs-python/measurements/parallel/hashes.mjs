import { pbkdf2, pbkdf2Sync } from 'node:crypto';
import { promisify } from 'node:util';

const args = ['a password', 'some salt', 100_000, 32, 'sha256'];
const key = promisify(pbkdf2);
const two = {
  turn: async () => [pbkdf2Sync(...args), pbkdf2Sync(...args)],
  // The asynchronous form hashes in threads that Node.js keeps for such work.
  threads: () => Promise.all([key(...args), key(...args)]),
}[process.argv[2]];

let results;
const times = [];
for (let round = 0; round < 8; round++) {
  const start = performance.now();
  results = await two();
  times.push(performance.now() - start);
}
const answer = results.map((result) => result.toString('hex', 0, 4)).join(' ');
console.log(JSON.stringify({ answer, times: times.slice(3) }));
