// Sends a server what no client sends, at the level of the socket: torn requests, wrong frames, half-open polls, upgrades that stop halfway,
// payloads too large. Every minute it prints the server's open descriptors, threads and resident memory, while a client of good manners
// checks that it is still answered. Usage: node fuzz.mjs PID [MINUTES] [PORT] [CLIENTS]; needs Node 20 and nothing else.
import { readdirSync, readFileSync } from 'node:fs';
import net from 'node:net';

const [pid, minutes = '60', port = '3000', clients = '40'] = process.argv.slice(2);
const paths = ['/socket.io/', '/engine.io/'];
const pick = (list) => list[Math.floor(Math.random() * list.length)];
const bytes = (n) => Buffer.from(Array.from({ length: n }, () => Math.floor(Math.random() * 256)));
const texts = [
  '0', '1', '2', '2probe', '3', '4', '40', '40{}', '40/custom,', '41', '42', '42["message"]', '42["message",{"a":[1,2,{"b":null}]}]', '420["message-with-ack",1]',
  '43', '430[]', '44', '44{"message":"x"}', '451-["message",{"_placeholder":true,"num":0}]', '45999999999-["x"]', '4599-[', '42[', '42["\u0000"]', '40/\u0000,{}', '5', '6', '7', 'b', 'bAAAA',
  '42["message",' + '['.repeat(5000) + ']'.repeat(5000) + ']', '4'.repeat(3000), '42["connect"]', '42["__proto__",{"__proto__":{}}]', '\u{1F600}', '',
];

function frame(payload, { opcode = 1, fin = true, masked = true, reserved = 0, length = payload.length } = {}) {
  const head = [(fin ? 0x80 : 0) | (reserved << 4) | opcode];
  const mask = masked ? 0x80 : 0;
  if (length < 126) head.push(mask | length);
  else if (length < 65536) head.push(mask | 126, length >> 8, length & 255);
  else head.push(mask | 127, 0, 0, 0, 0, (length >>> 24) & 255, (length >>> 16) & 255, (length >>> 8) & 255, length & 255);
  return Buffer.concat([Buffer.from(head), masked ? Buffer.alloc(4) : Buffer.alloc(0), payload]);
}

function connect(then) {
  return new Promise((done) => {
    const socket = net.connect(Number(port), '127.0.0.1');
    const end = setTimeout(() => socket.destroy(), 500 + Math.random() * 3000);
    socket.on('error', () => {});
    socket.on('close', () => { clearTimeout(end); done(); });
    socket.on('connect', () => then(socket));
  });
}

const request = (line, headers = '', body = '') => `${line} HTTP/1.1\r\nHost: localhost\r\n${headers}\r\n${body}`;
const upgrade = (path, query = 'EIO=4&transport=websocket') =>
  request(`GET ${path}?${query}`, 'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n');

/** Opens a session by polling and hands its id over. */
function polling(path, then) {
  return connect((socket) => {
    let text = '';
    socket.on('data', (part) => {
      text += part;
      const sid = /"sid":"([^"]+)"/.exec(text)?.[1];
      if (!sid) return;
      socket.removeAllListeners('data');
      then(socket, sid);
    });
    socket.write(request(`GET ${path}?EIO=4&transport=polling`));
  });
}

function frames(socket) {
  for (let n = 0; n < 1 + Math.random() * 20; n++) {
    socket.write(pick([
      () => frame(Buffer.from(pick(texts))),
      () => frame(Buffer.from(pick(texts))),
      () => frame(bytes(Math.random() * 300), { opcode: Math.floor(Math.random() * 16) }),
      () => frame(bytes(20), { masked: false }),
      () => frame(bytes(20), { reserved: 1 + Math.floor(Math.random() * 7) }),
      () => frame(Buffer.from(pick(texts)), { fin: false }),
      () => frame(bytes(10), { opcode: 0 }),
      () => frame(bytes(200), { opcode: 9 }),
      () => frame(Buffer.alloc(0), { length: 0xffffffff }),
      () => frame(Buffer.alloc(1000), { length: 5000 }),
      () => frame(Buffer.from([0xc3, 0x28]), {}),
      () => bytes(Math.random() * 100),
    ])());
  }
}

const attacks = [
  () => connect((socket) => socket.write(bytes(Math.random() * 2000))),
  () => connect((socket) => socket.write(upgrade(pick(paths)).slice(0, Math.random() * 200))),
  () => connect((socket) => { socket.write(upgrade(pick(paths))); frames(socket); }),
  () => connect((socket) => { socket.write(upgrade(pick(paths))); socket.once('data', () => { socket.write(frame(Buffer.from('40'))); frames(socket); }); }),
  () => connect((socket) => socket.write(request(`GET ${pick(paths)}?EIO=${pick(['3', '4', '', 'x', '4&EIO=3'])}&transport=${pick(['polling', 'websocket', 'x', ''])}&sid=${pick(['', 'x', 'abc'])}`))),
  () => polling(pick(paths), (socket, sid) => socket.write(request(`GET /socket.io/?EIO=4&transport=polling&sid=${sid}`))),
  () => polling(pick(paths), (socket, sid) => socket.write(request(`POST /socket.io/?EIO=4&transport=polling&sid=${sid}`, 'Content-Length: 100000\r\n', 'x'.repeat(10)))),
  () => polling('/socket.io/', (socket, sid) => {
    const body = Array.from({ length: 1 + Math.random() * 10 }, () => pick(texts)).join('\x1e');
    socket.write(request(`POST /socket.io/?EIO=4&transport=polling&sid=${sid}`, `Content-Length: ${Buffer.byteLength(body)}\r\n`, body));
    socket.write(request(`GET /socket.io/?EIO=4&transport=polling&sid=${sid}`));
  }),
  () => polling('/socket.io/', (socket, sid) => { socket.write(upgrade('/socket.io/', `EIO=4&transport=websocket&sid=${sid}`)); socket.once('data', () => { socket.write(frame(Buffer.from(pick(['2probe', '5', '2', 'x'])))); frames(socket); }); }),
  () => connect((socket) => { socket.write(request('POST /socket.io/?EIO=4&transport=polling', 'Transfer-Encoding: chunked\r\n')); socket.write('fffffff\r\n' + 'x'.repeat(1000)); }),
  () => connect((socket) => { socket.write(upgrade('/socket.io/')); socket.write(frame(Buffer.alloc(1_200_000, 'x'))); }),
];

/** Asks for an acknowledgement as a client of good manners does; fails when none comes within ten seconds. */
function polite() {
  return new Promise((done, fail) => {
    const socket = new net.Socket();
    const late = setTimeout(() => fail(new Error('no answer within ten seconds')), 10_000);
    let text = '';
    socket.on('error', fail);
    socket.on('data', (part) => {
      text += part.toString('latin1');
      if (text.includes('43') && text.includes('["hello"]')) { clearTimeout(late); socket.destroy(); done(); }
    });
    socket.connect(Number(port), '127.0.0.1', () => {
      socket.write(upgrade('/socket.io/'));
      socket.write(Buffer.concat([frame(Buffer.from('40')), frame(Buffer.from('427["message-with-ack","hello"]'))]));
    });
  });
}

const status = (field) => Number(new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync(`/proc/${pid}/status`, 'utf8'))[1]);
const start = Date.now();
let done = 0;
let running = true;
const report = async () => {
  await polite();
  console.log(`${Math.round((Date.now() - start) / 60_000)} min: ${done} attacks, ${readdirSync(`/proc/${pid}/fd`).length} descriptors, ${status('Threads')} threads, ${Math.round(status('VmRSS') / 1024)} MB`);
};
await report();
const timer = setInterval(() => report().catch((error) => { console.error(error.message); process.exit(1); }), 60_000);
setTimeout(() => { running = false; }, Number(minutes) * 60_000);
await Promise.all(Array.from({ length: Number(clients) }, async () => {
  while (running) {
    await pick(attacks)();
    done++;
  }
}));
clearInterval(timer);
// What was half open is given up by its time-outs.
await new Promise((rest) => { setTimeout(rest, 15_000); });
await report();
