const size = 240;
const limit = 50;

// Counts the points that do not escape.
function mandelbrot() {
  let inside = 0;
  for (let row = 0; row < size; row++) {
    const ci = (2 * row) / size - 1;
    for (let column = 0; column < size; column++) {
      const cr = (3 * column) / size - 2;
      let zr = 0;
      let zi = 0;
      let step = 0;
      while (step < limit && zr * zr + zi * zi <= 4) {
        const next = zr * zr - zi * zi + cr;
        zi = 2 * zr * zi + ci;
        zr = next;
        step++;
      }
      if (step === limit) inside++;
    }
  }
  return inside;
}

let answer;
const times = [];
for (let round = 0; round < 8; round++) {
  const start = performance.now();
  answer = mandelbrot();
  times.push(performance.now() - start);
}
answer = `${answer} of ${size * size} points`;
console.log(JSON.stringify({ answer, times: times.slice(3) }));
