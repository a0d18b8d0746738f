import json
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from multiprocessing import get_context
from time import perf_counter


def fib(n):
    return n if n < 2 else fib(n - 1) + fib(n - 2)


def measure(two):
    times = []
    for _ in range(8):
        start = perf_counter()
        results = two()
        times.append((perf_counter() - start) * 1000)
    answer = f"{results[0]} and {results[1]}"
    print(json.dumps({"answer": answer, "times": times[3:]}))


if __name__ == "__main__":
    match sys.argv[1]:
        case "turn":
            measure(lambda: [fib(30), fib(30)])
        case "threads":
            with ThreadPoolExecutor(2) as executor:
                measure(lambda: list(executor.map(fib, [30, 30])))
        case "processes":
            # Versions of Python start processes differently unless told how.
            context = get_context("spawn")
            with ProcessPoolExecutor(2, mp_context=context) as executor:
                measure(lambda: list(executor.map(fib, [30, 30])))
