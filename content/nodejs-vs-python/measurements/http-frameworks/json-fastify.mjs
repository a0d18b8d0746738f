import Fastify from 'fastify';

const app = Fastify();
app.get('/', async () => ({ message: 'hello' }));

await app.listen({ host: '127.0.0.1', port: 0 });
console.log(JSON.stringify({ port: app.server.address().port }));
