import json
from socketserver import StreamRequestHandler, ThreadingTCPServer


class Talk(StreamRequestHandler):
    def handle(self):
        try:
            while self.rfile.readline():
                self.wfile.write(b"pong\n")
        except ConnectionError:
            pass


class Server(ThreadingTCPServer):
    daemon_threads = True
    request_queue_size = 511  # as in Node.js; the default is 5


server = Server(("127.0.0.1", 0), Talk)
port = server.server_address[1]
print(json.dumps({"port": port, "protocol": "tcp"}), flush=True)
server.serve_forever()
