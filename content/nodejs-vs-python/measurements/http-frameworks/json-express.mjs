import express from 'express';

const app = express();
app.get('/', (request, response) => response.json({ message: 'hello' }));

const server = app.listen(0, '127.0.0.1', () => {
  console.log(JSON.stringify({ port: server.address().port }));
});
