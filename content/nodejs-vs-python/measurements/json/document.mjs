// About 1 MB of orders. Both languages compute the same numbers exactly.
function orders(count) {
  const list = [];
  let x = 1;
  for (let id = 0; id < count; id++) {
    x = (x * 16807) % 2147483647;
    list.push({
      id,
      customer: `customer-${x % 10000}`,
      paid: x % 2 === 0,
      total: (x % 1000) + 0.5,
      note: x % 3 === 0 ? null : 'leave it with the neighbours',
      items: [x % 7, x % 11, x % 13],
      address: { street: `${x % 100} Long Street`, zip: x % 100000 },
    });
  }
  return list;
}

const document = orders(6500);
const text = JSON.stringify(document);
const task = {
  read: () => JSON.parse(text),
  write: () => JSON.stringify(document),
}[process.argv[2]];

let result;
const times = [];
for (let round = 0; round < 40; round++) {
  const start = performance.now();
  result = task();
  times.push(performance.now() - start);
}

// What was read or written, as its text and as its data.
const written = typeof result === 'string' ? result : JSON.stringify(result);
const read = typeof result === 'string' ? JSON.parse(result) : result;
const sum = read.reduce((sum, order) => sum + order.total, 0);
const answer = `${written.length} characters, ${sum} in total`;
console.log(JSON.stringify({ answer, times: times.slice(10) }));
