// Node's ws as people use it: every event to every socket. POST /publish sends the body.
import { createServer } from 'node:http';
import { WebSocketServer } from 'ws';

const server = createServer((request, response) => {
  const parts = [];
  request.on('data', (part) => parts.push(part));
  request.on('end', () => {
    const text = Buffer.concat(parts).toString();
    if (request.method === 'POST') for (const socket of sockets.clients) socket.send(text);
    response.writeHead(200, { 'content-length': 2 }).end('{}');
  });
});
const sockets = new WebSocketServer({ server, path: '/ws/', perMessageDeflate: false });
sockets.on('connection', (socket) => {
  socket.on('message', () => socket.send('{"type":"ventroom_joined"}'));
});
server.listen(Number(process.env.PORT), '127.0.0.1');
