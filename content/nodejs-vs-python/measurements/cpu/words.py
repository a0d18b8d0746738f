import json
from time import perf_counter


# A text of 600,000 words, some of them far more common than others.
def make_text(length):
    words = []
    x = 1
    for _ in range(length):
        x = (x * 16807) % 2147483647
        words.append(f"word{x % (1 + x % 5000)}")
    return " ".join(words)


def count(text):
    counts = {}
    for word in text.split(" "):
        counts[word] = counts.get(word, 0) + 1
    return counts


text = make_text(600_000)
times = []
for _ in range(8):
    start = perf_counter()
    counts = count(text)
    times.append((perf_counter() - start) * 1000)
answer = f"{len(counts)} words, word7 {counts['word7']} times"
print(json.dumps({"answer": answer, "times": times[3:]}))
