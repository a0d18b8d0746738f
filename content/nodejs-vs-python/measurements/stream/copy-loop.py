import json
import os
from hashlib import sha256
from tempfile import gettempdir
from time import perf_counter

PIECE = 64 * 1024
PIECES = 4096
SOURCE = os.path.join(gettempdir(), "source")
TARGET = os.path.join(gettempdir(), "target")


def make_source():
    data = bytearray(PIECE)
    x = 1
    with open(SOURCE, "wb") as file:
        for _ in range(PIECES):
            x = (x * 16807) % 2147483647
            data[:4] = x.to_bytes(4, "little")
            file.write(data)


def copy():
    with open(SOURCE, "rb") as source, open(TARGET, "wb") as target:
        while data := source.read(PIECE):
            target.write(data)


def check():
    with open(TARGET, "rb") as file:
        size = file.seek(-PIECE, os.SEEK_END) + PIECE
        digest = sha256(file.read(PIECE)).hexdigest()
    return f"{size} bytes, {digest[:16]}"


make_source()
times = []
for _ in range(4):
    start = perf_counter()
    copy()
    times.append((perf_counter() - start) * 1000)
print(json.dumps({"answer": check(), "times": times[1:]}))
