# The Node.js frameworks bring a server along, so load this one's too.
import gunicorn.app.base
import gunicorn.workers.gthread
from flask import Flask

app = Flask(__name__)


@app.get("/")
def hello():
    return {"message": "hello"}


print("ready", flush=True)
