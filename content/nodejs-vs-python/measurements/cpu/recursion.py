import json
from time import perf_counter


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


times = []
for _ in range(8):
    start = perf_counter()
    answer = fib(30)
    times.append((perf_counter() - start) * 1000)
print(json.dumps({"answer": str(answer), "times": times[3:]}))
