import json
import socket

import uvicorn
from fastapi import FastAPI

app = FastAPI()


@app.get("/")
async def hello():
    return {"message": "hello"}


config = uvicorn.Config(
    app, loop="uvloop", http="httptools", log_level="warning", access_log=False
)
listener = socket.create_server(("127.0.0.1", 0))
# Uvicorn does this itself, but not for a socket that it is handed.
listener.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
print(json.dumps({"port": listener.getsockname()[1]}), flush=True)
uvicorn.Server(config).run(sockets=[listener])
