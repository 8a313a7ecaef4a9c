// The original as people use it: every event to every socket. POST /publish sends the body; POST /collect collects garbage.
import { createServer } from 'node:http';
import { Server } from 'socket.io';

const server = createServer((request, response) => {
  const parts = [];
  request.on('data', (part) => parts.push(part));
  request.on('end', () => {
    if (request.url === '/publish') io.emit('news', JSON.parse(Buffer.concat(parts).toString()));
    if (request.url === '/collect') globalThis.gc();
    response.writeHead(200, { 'content-length': 2 }).end('{}');
  });
});
const io = new Server(server, { pingInterval: 300_000 });
io.on('connection', (socket) => {
  socket.on('message', (...args) => socket.emit('message-back', ...args));
});
server.listen(Number(process.env.PORT), '127.0.0.1');
