import http.server
import json

print("ready", flush=True)
