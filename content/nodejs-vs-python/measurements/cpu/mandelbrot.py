import json
from time import perf_counter

SIZE = 240
LIMIT = 50


# Counts the points that do not escape. Plain floats as in JavaScript, which
# has no complex numbers.
def mandelbrot():
    inside = 0
    for row in range(SIZE):
        ci = 2 * row / SIZE - 1
        for column in range(SIZE):
            cr = 3 * column / SIZE - 2
            zr = zi = 0.0
            step = 0
            while step < LIMIT and zr * zr + zi * zi <= 4:
                zr, zi = zr * zr - zi * zi + cr, 2 * zr * zi + ci
                step += 1
            if step == LIMIT:
                inside += 1
    return inside


times = []
for _ in range(8):
    start = perf_counter()
    answer = mandelbrot()
    times.append((perf_counter() - start) * 1000)
answer = f"{answer} of {SIZE * SIZE} points"
print(json.dumps({"answer": answer, "times": times[3:]}))
