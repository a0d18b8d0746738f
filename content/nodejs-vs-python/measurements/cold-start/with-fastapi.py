import uvicorn
import uvloop  # Uvicorn loads it only when it begins to serve
from fastapi import FastAPI

app = FastAPI()


@app.get("/")
async def hello():
    return {"message": "hello"}


# The Node.js frameworks bring a server along, so load this one's too.
uvicorn.Config(app).load()

print("ready", flush=True)
