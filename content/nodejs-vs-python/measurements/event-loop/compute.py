import asyncio
import json
import signal
import sys
from concurrent.futures import ProcessPoolExecutor, ThreadPoolExecutor
from time import perf_counter


# Computes for 300 ms by the clock: as long in every language.
def compute():
    end = perf_counter() + 0.3
    total = 0
    while perf_counter() < end:
        for i in range(1000):
            total = (total * 31 + i) % 1_000_003
    return "done" if total < 1_000_003 else "wrong"


# Just enough HTTP for this measurement, from the standard library alone.
def answer(body):
    head = "HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"
    return f"{head}Content-Length: {len(body)}\r\n\r\n{body}".encode()


async def serve(work):
    async def talk(reader, writer):
        try:
            while True:
                head = await reader.readuntil(b"\r\n\r\n")
                long = head.startswith(b"GET /compute ")
                writer.write(answer(await work() if long else "short"))
                await writer.drain()
        except (asyncio.IncompleteReadError, ConnectionError):
            pass
        finally:
            writer.close()

    await work()  # the worker has started by then
    server = await asyncio.start_server(talk, "127.0.0.1", 0, backlog=511)
    port = server.sockets[0].getsockname()[1]
    print(json.dumps({"port": port}), flush=True)
    # A pool's process ends with this one only if this one ends in order.
    ended = asyncio.Event()
    loop = asyncio.get_running_loop()
    loop.add_signal_handler(signal.SIGTERM, ended.set)
    await ended.wait()


async def serve_alone():
    async def work():
        return compute()

    await serve(work)


async def serve_with(executor):
    loop = asyncio.get_running_loop()
    await serve(lambda: loop.run_in_executor(executor, compute))


if __name__ == "__main__":
    match sys.argv[1]:
        case "loop":
            asyncio.run(serve_alone())
        case "thread":
            with ThreadPoolExecutor(1) as executor:
                asyncio.run(serve_with(executor))
        case "process":
            with ProcessPoolExecutor(1) as executor:
                asyncio.run(serve_with(executor))
