import Fastify from 'fastify';

const app = Fastify();
app.get('/', async () => ({ message: 'hello' }));
await app.ready();

console.log('ready');
