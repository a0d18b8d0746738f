import json

from flask import Flask
from gunicorn.app.base import BaseApplication

app = Flask(__name__)


@app.get("/")
def hello():
    # Returning the dictionary would add a line break, unlike the others.
    body = app.json.dumps({"message": "hello"}, separators=(",", ":"))
    return app.response_class(body, mimetype="application/json")


def announce(server):
    port = server.LISTENERS[0].sock.getsockname()[1]
    print(json.dumps({"port": port}), flush=True)


class Server(BaseApplication):
    def load_config(self):
        self.cfg.set("bind", "127.0.0.1:0")
        # The default worker closes each connection after one answer.
        self.cfg.set("worker_class", "gthread")
        self.cfg.set("threads", 4)
        self.cfg.set("loglevel", "warning")
        self.cfg.set("when_ready", announce)

    def load(self):
        return app


Server().run()
