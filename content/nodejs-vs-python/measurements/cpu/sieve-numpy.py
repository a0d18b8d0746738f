import json
from math import isqrt
from time import perf_counter

import numpy

LIMIT = 2_000_000


# Counts the primes below the limit; NumPy leaves the inner loop to C.
def sieve():
    prime = numpy.ones(LIMIT, dtype=bool)
    prime[:2] = False
    for n in range(2, isqrt(LIMIT) + 1):
        if prime[n]:
            prime[n * n :: n] = False
    return numpy.count_nonzero(prime)


times = []
for _ in range(8):
    start = perf_counter()
    answer = sieve()
    times.append((perf_counter() - start) * 1000)
print(json.dumps({"answer": f"{answer} primes", "times": times[3:]}))
