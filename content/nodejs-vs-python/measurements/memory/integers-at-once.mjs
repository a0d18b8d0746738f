import { readSync } from 'node:fs';

const line = Buffer.alloc(1);
console.log('ready');
readSync(0, line); // wait for the sign to begin

let x = 1;
const numbers = Array.from({ length: 1_000_000 }, () => {
  x = (x * 16807) % 2147483647;
  return x;
});

let sum = 0;
for (const number of numbers) sum += number;
console.log(JSON.stringify({ answer: `${numbers.length} numbers, ${sum}` }));
readSync(0, line); // wait until the memory has been read
