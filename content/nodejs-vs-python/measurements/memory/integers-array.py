import json
import sys
from array import array

print("ready", flush=True)
sys.stdin.readline()  # wait for the sign to begin

numbers = array("i")
x = 1
for _ in range(1_000_000):
    x = (x * 16807) % 2147483647
    numbers.append(x)

answer = f"{len(numbers)} numbers, {sum(numbers)}"
print(json.dumps({"answer": answer}), flush=True)
sys.stdin.readline()  # wait until the memory has been read
