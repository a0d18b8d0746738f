import json
from time import perf_counter

LIMIT = 2_000_000


# Counts the primes below the limit.
def sieve():
    composite = bytearray(LIMIT)
    count = 0
    for n in range(2, LIMIT):
        if composite[n]:
            continue
        count += 1
        for multiple in range(n * n, LIMIT, n):
            composite[multiple] = 1
    return count


times = []
for _ in range(8):
    start = perf_counter()
    answer = sieve()
    times.append((perf_counter() - start) * 1000)
print(json.dumps({"answer": f"{answer} primes", "times": times[3:]}))
