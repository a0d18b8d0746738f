// A text of 600,000 words, some of them far more common than others.
function makeText(length) {
  const words = [];
  let x = 1;
  for (let i = 0; i < length; i++) {
    x = (x * 16807) % 2147483647;
    words.push(`word${x % (1 + (x % 5000))}`);
  }
  return words.join(' ');
}

function count(text) {
  const counts = new Map();
  for (const word of text.split(' ')) {
    counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  return counts;
}

const text = makeText(600_000);
let counts;
const times = [];
for (let round = 0; round < 8; round++) {
  const start = performance.now();
  counts = count(text);
  times.push(performance.now() - start);
}
const answer = `${counts.size} words, word7 ${counts.get('word7')} times`;
console.log(JSON.stringify({ answer, times: times.slice(3) }));
