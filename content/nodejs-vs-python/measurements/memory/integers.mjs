import { readSync } from 'node:fs';

const line = Buffer.alloc(1);
console.log('ready');
readSync(0, line); // wait for the sign to begin

const numbers = [];
let x = 1;
for (let i = 0; i < 1_000_000; i++) {
  x = (x * 16807) % 2147483647;
  numbers.push(x);
}

let sum = 0;
for (const number of numbers) sum += number;
console.log(JSON.stringify({ answer: `${numbers.length} numbers, ${sum}` }));
readSync(0, line); // wait until the memory has been read
