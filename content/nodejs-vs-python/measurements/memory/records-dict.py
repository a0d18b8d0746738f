import json
import sys

print("ready", flush=True)
sys.stdin.readline()  # wait for the sign to begin

cities = ["Lagos", "Lima", "Osaka", "Tallinn"]
records = []
x = 1
for id in range(100_000):
    x = (x * 16807) % 2147483647
    records.append({
        "id": id,
        "name": f"user{x % 1_000_000}",
        "city": cities[x % 4],
        "balance": x % 100_000 + 0.5,
        "active": x % 2 == 0,
    })

total = sum(record["balance"] for record in records)
answer = f"{len(records)} records, {total:.0f}"
print(json.dumps({"answer": answer}), flush=True)
sys.stdin.readline()  # wait until the memory has been read
