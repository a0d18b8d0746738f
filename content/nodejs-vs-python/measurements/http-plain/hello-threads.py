import json
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Hello(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"  # connections stay open, as in Node.js
    wbufsize = -1  # head and body leave in one packet, as in Node.js
    disable_nagle_algorithm = True

    def do_GET(self):
        body = b"Hello, world!"
        self.send_response(200)
        self.send_header("Content-Type", "text/plain")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass  # Node.js does not log requests either


class Server(ThreadingHTTPServer):
    request_queue_size = 511  # as in Node.js; the default is 5


server = Server(("127.0.0.1", 0), Hello)
print(json.dumps({"port": server.server_port}), flush=True)
server.serve_forever()
