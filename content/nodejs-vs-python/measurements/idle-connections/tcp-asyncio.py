import asyncio
import json


async def talk(reader, writer):
    try:
        while await reader.readline():
            writer.write(b"pong\n")
            await writer.drain()
    except ConnectionError:
        pass
    finally:
        writer.close()


async def main():
    server = await asyncio.start_server(talk, "127.0.0.1", 0)
    port = server.sockets[0].getsockname()[1]
    print(json.dumps({"port": port, "protocol": "tcp"}), flush=True)
    await server.serve_forever()


asyncio.run(main())
