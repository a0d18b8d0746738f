import json
import sys


class User:
    __slots__ = ("id", "name", "city", "balance", "active")

    def __init__(self, id, name, city, balance, active):
        self.id = id
        self.name = name
        self.city = city
        self.balance = balance
        self.active = active


print("ready", flush=True)
sys.stdin.readline()  # wait for the sign to begin

cities = ["Lagos", "Lima", "Osaka", "Tallinn"]
records = []
x = 1
for id in range(100_000):
    x = (x * 16807) % 2147483647
    records.append(User(
        id,
        f"user{x % 1_000_000}",
        cities[x % 4],
        x % 100_000 + 0.5,
        x % 2 == 0,
    ))

total = sum(record.balance for record in records)
answer = f"{len(records)} records, {total:.0f}"
print(json.dumps({"answer": answer}), flush=True)
sys.stdin.readline()  # wait until the memory has been read
