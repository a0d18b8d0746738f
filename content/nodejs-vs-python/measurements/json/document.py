import json
import sys
from time import perf_counter


# About 1 MB of orders. Both languages compute the same numbers exactly.
def orders(count):
    result = []
    x = 1
    for id in range(count):
        x = (x * 16807) % 2147483647
        result.append({
            "id": id,
            "customer": f"customer-{x % 10000}",
            "paid": x % 2 == 0,
            "total": x % 1000 + 0.5,
            "note": None if x % 3 == 0 else "leave it with the neighbours",
            "items": [x % 7, x % 11, x % 13],
            "address": {"street": f"{x % 100} Long Street", "zip": x % 100000},
        })
    return result


# JavaScript leaves out the spaces; here they have to be switched off.
def write(value):
    return json.dumps(value, separators=(",", ":"))


document = orders(6500)
text = write(document)
task = {
    "read": lambda: json.loads(text),
    "write": lambda: write(document),
}[sys.argv[1]]

times = []
for _ in range(40):
    start = perf_counter()
    result = task()
    times.append((perf_counter() - start) * 1000)

# What was read or written, as its text and as its data.
written = result if isinstance(result, str) else write(result)
read = json.loads(result) if isinstance(result, str) else result
total = sum(order["total"] for order in read)
answer = f"{len(written)} characters, {total:.0f} in total"
print(json.dumps({"answer": answer, "times": times[10:]}))
