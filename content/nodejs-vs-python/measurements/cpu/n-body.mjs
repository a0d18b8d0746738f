class Body {
  constructor(x, y, z, vx, vy, vz, mass) {
    this.x = x;
    this.y = y;
    this.z = z;
    this.vx = vx;
    this.vy = vy;
    this.vz = vz;
    this.mass = mass;
  }
}

// A heavy sun and four planets, in made-up units.
const bodies = [
  new Body(0, 0, 0, 0, 0, 0, 40),
  new Body(5, -1, 0.1, 0.6, 2.8, 0, 0.04),
  new Body(8, 4, -0.4, -1, 1.8, 0, 0.01),
  new Body(13, -15, -0.2, 1, 0.9, 0, 0.002),
  new Body(15, -26, 0.2, 1, 0.6, 0, 0.002),
];

function move(steps, dt) {
  for (let step = 0; step < steps; step++) {
    for (let i = 0; i < bodies.length; i++) {
      const a = bodies[i];
      for (let j = i + 1; j < bodies.length; j++) {
        const b = bodies[j];
        const dx = a.x - b.x;
        const dy = a.y - b.y;
        const dz = a.z - b.z;
        const square = dx * dx + dy * dy + dz * dz;
        const pull = dt / (square * Math.sqrt(square));
        a.vx -= dx * b.mass * pull;
        a.vy -= dy * b.mass * pull;
        a.vz -= dz * b.mass * pull;
        b.vx += dx * a.mass * pull;
        b.vy += dy * a.mass * pull;
        b.vz += dz * a.mass * pull;
      }
    }
    for (const body of bodies) {
      body.x += dt * body.vx;
      body.y += dt * body.vy;
      body.z += dt * body.vz;
    }
  }
}

const times = [];
for (let round = 0; round < 8; round++) {
  const start = performance.now();
  move(30_000, 0.001);
  times.push(performance.now() - start);
}
const { x, y, z } = bodies[1];
const answer = [x, y, z].map((n) => n.toFixed(9)).join(' ');
console.log(JSON.stringify({ answer, times: times.slice(3) }));
