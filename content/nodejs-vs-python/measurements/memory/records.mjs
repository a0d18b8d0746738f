import { readSync } from 'node:fs';

const line = Buffer.alloc(1);
console.log('ready');
readSync(0, line); // wait for the sign to begin

const cities = ['Lagos', 'Lima', 'Osaka', 'Tallinn'];
const records = [];
let x = 1;
for (let id = 0; id < 100_000; id++) {
  x = (x * 16807) % 2147483647;
  records.push({
    id,
    name: `user${x % 1_000_000}`,
    city: cities[x % 4],
    balance: (x % 100_000) + 0.5,
    active: x % 2 === 0,
  });
}

let sum = 0;
for (const record of records) sum += record.balance;
console.log(JSON.stringify({ answer: `${records.length} records, ${sum}` }));
readSync(0, line); // wait until the memory has been read
