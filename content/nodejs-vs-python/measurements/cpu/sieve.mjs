const limit = 2_000_000;

// Counts the primes below the limit.
function sieve() {
  const composite = new Uint8Array(limit);
  let count = 0;
  for (let n = 2; n < limit; n++) {
    if (composite[n]) continue;
    count++;
    for (let multiple = n * n; multiple < limit; multiple += n) {
      composite[multiple] = 1;
    }
  }
  return count;
}

let answer;
const times = [];
for (let round = 0; round < 8; round++) {
  const start = performance.now();
  answer = sieve();
  times.push(performance.now() - start);
}
answer = `${answer} primes`;
console.log(JSON.stringify({ answer, times: times.slice(3) }));
