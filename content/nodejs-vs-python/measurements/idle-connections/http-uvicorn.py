import json
import socket

import uvicorn


async def hello(scope, receive, send):
    body = b"Hello, world!"
    headers = [
        (b"content-type", b"text/plain"),
        (b"content-length", str(len(body)).encode()),
    ]
    await send(
        {"type": "http.response.start", "status": 200, "headers": headers}
    )
    await send({"type": "http.response.body", "body": body})


config = uvicorn.Config(
    hello,
    loop="uvloop",
    http="httptools",
    lifespan="off",
    log_level="warning",
    timeout_keep_alive=60,  # seconds; idle connections stay
)
listener = socket.create_server(("127.0.0.1", 0))
# Uvicorn does this itself, but not for a socket that it is handed.
listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
port = listener.getsockname()[1]
print(json.dumps({"port": port, "protocol": "http"}), flush=True)
uvicorn.Server(config).run(sockets=[listener])
