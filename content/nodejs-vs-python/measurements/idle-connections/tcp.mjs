import { createServer } from 'node:net';

const server = createServer((socket) => {
  socket.on('data', () => socket.write('pong\n'));
  socket.on('error', () => socket.destroy());
});
server.listen(0, '127.0.0.1', () => {
  const { port } = server.address();
  console.log(JSON.stringify({ port, protocol: 'tcp' }));
});
