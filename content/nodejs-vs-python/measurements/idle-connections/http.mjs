import { createServer } from 'node:http';

const server = createServer((request, response) => {
  response.setHeader('Content-Type', 'text/plain');
  response.end('Hello, world!');
});
server.keepAliveTimeout = 60_000; // milliseconds; idle connections stay
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  console.log(JSON.stringify({ port, protocol: 'http' }));
});
