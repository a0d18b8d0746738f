import json
from math import sqrt
from time import perf_counter


class Body:
    __slots__ = ("x", "y", "z", "vx", "vy", "vz", "mass")

    def __init__(self, x, y, z, vx, vy, vz, mass):
        self.x = x
        self.y = y
        self.z = z
        self.vx = vx
        self.vy = vy
        self.vz = vz
        self.mass = mass


# A heavy sun and four planets, in made-up units.
bodies = [
    Body(0, 0, 0, 0, 0, 0, 40),
    Body(5, -1, 0.1, 0.6, 2.8, 0, 0.04),
    Body(8, 4, -0.4, -1, 1.8, 0, 0.01),
    Body(13, -15, -0.2, 1, 0.9, 0, 0.002),
    Body(15, -26, 0.2, 1, 0.6, 0, 0.002),
]


def move(steps, dt):
    for _ in range(steps):
        for i, a in enumerate(bodies):
            for b in bodies[i + 1 :]:
                dx = a.x - b.x
                dy = a.y - b.y
                dz = a.z - b.z
                square = dx * dx + dy * dy + dz * dz
                pull = dt / (square * sqrt(square))
                a.vx -= dx * b.mass * pull
                a.vy -= dy * b.mass * pull
                a.vz -= dz * b.mass * pull
                b.vx += dx * a.mass * pull
                b.vy += dy * a.mass * pull
                b.vz += dz * a.mass * pull
        for body in bodies:
            body.x += dt * body.vx
            body.y += dt * body.vy
            body.z += dt * body.vz


times = []
for _ in range(8):
    start = perf_counter()
    move(30_000, 0.001)
    times.append((perf_counter() - start) * 1000)
planet = bodies[1]
answer = f"{planet.x:.9f} {planet.y:.9f} {planet.z:.9f}"
print(json.dumps({"answer": answer, "times": times[3:]}))
