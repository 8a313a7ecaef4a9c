// npm's socket.io-client against the server whose address is the first argument; the second names what is tried.
// Ends with 0 when everything was as it should be.
import assert from 'node:assert/strict';
import { io } from 'socket.io-client';

const [url, scenario, kind] = process.argv.slice(2);
const transports = { polling: { transports: ['polling'] }, websocket: { transports: ['websocket'] }, upgrade: {} }[kind ?? 'upgrade'];
const options = { ...transports, forceNew: true, reconnectionDelay: 50, reconnectionDelayMax: 200, auth: { who: 'amina' } };
const once = (emitter, event) => new Promise((resolve) => emitter.once(event, (...args) => resolve(args)));
const deadline = setTimeout(() => fail(new Error('It took longer than 50 seconds.')), 50_000);

function fail(error) {
  console.error(error);
  process.exit(1);
}

async function connected(path = '', more = {}) {
  const socket = io(url + path, { ...options, ...more });
  socket.on('connect_error', (error) => path === '/refused' || fail(error));
  const auth = once(socket, 'auth');
  await once(socket, 'connect');
  assert.deepEqual((await auth)[0], { who: 'amina' });
  return socket;
}

async function upgraded(socket) {
  if (kind === 'upgrade' && socket.io.engine.transport.name !== 'websocket') await once(socket.io.engine, 'upgrade');
  if (kind !== 'upgrade') assert.equal(socket.io.engine.transport.name, kind);
}

async function echo(socket, ...args) {
  const back = once(socket, 'message-back');
  socket.emit('message', ...args);
  assert.deepEqual(await back, args);
}

const scenarios = {
  async talk() {
    const socket = await connected();
    await echo(socket, 1, 'zwei', { drei: [true, null, 1.5], 'ü': '😀' });
    await upgraded(socket);
    await echo(socket, Buffer.from([1, 2, 3]), { deep: [Buffer.from([4])] }, 'x');
    await echo(socket, 'y'.repeat(300_000), Buffer.alloc(300_000, 7));
    assert.equal(await socket.timeout(20_000).emitWithAck('message-with-ack', 'answer'), 'answer');
    assert.deepEqual(await socket.timeout(20_000).emitWithAck('message-with-ack', Buffer.from('ab')), Buffer.from('ab'));
    socket.close();
  },

  async burst() {
    const socket = await connected();
    const count = 2_000;
    const got = [];
    const all = new Promise((resolve) => socket.on('message-back', (n) => { got.push(n); if (got.length === count) resolve(); }));
    // Sent while the transport changes.
    for (let n = 0; n < count; n++) {
      socket.emit('message', n);
      if (n % 100 === 0) await new Promise(setImmediate);
    }
    await all;
    assert.deepEqual(got, Array.from({ length: count }, (_, n) => n));
    await upgraded(socket);
    socket.close();
  },

  async namespaces() {
    const socket = await connected();
    const custom = io(`${url}/custom`, { ...transports, auth: { token: 7 } });
    assert.deepEqual(await once(custom, 'auth'), [{ token: 7 }]);
    const refused = io(`${url}/nowhere`, transports);
    assert.equal((await once(refused, 'connect_error'))[0].message, 'Invalid namespace');
    assert.notEqual(custom.id, socket.id);
    custom.close();
    await echo(socket, 'still here');
    socket.close();
    refused.close();
  },

  async ask() {
    const socket = await connected();
    socket.on('ask', (n, answer) => answer(n + 1, Buffer.from([n])));
    socket.emit('ask-me');
    assert.deepEqual(await once(socket, 'asked'), [42, Buffer.from([41])]);
    socket.close();
  },

  async heartbeat() {
    const socket = await connected();
    let pings = 0;
    await new Promise((resolve) => socket.io.on('ping', () => { if (++pings === 4) resolve(); }));
    await echo(socket, 'alive');
    socket.close();
  },

  async reconnect() {
    const socket = await connected();
    await upgraded(socket);
    const before = socket.id;
    const lost = once(socket, 'disconnect');
    socket.io.engine.close();
    assert.equal((await lost)[0], 'forced close');
    socket.connect();
    await once(socket, 'connect');
    assert.notEqual(socket.id, before);
    await echo(socket, 'again');
    const out = once(socket, 'disconnect');
    socket.emit('put-me-out');
    assert.equal((await out)[0], 'io server disconnect');
    socket.close();
  },

  async recovery() {
    const socket = await connected();
    await upgraded(socket);
    const { id } = socket;
    const heard = [];
    const three = new Promise((resolve) => socket.on('n', (n) => { heard.push(n); if (n === 2) resolve(); }));
    socket.emit('count-for-me', 3);
    await three;
    const lost = once(socket, 'disconnect');
    // As if the network had broken.
    const { engine } = socket.io;
    if (engine.transport.ws) engine.transport.ws.close();
    else engine.transport.onError('broken', new Error('broken'));
    await lost;
    await once(socket, 'connect');
    assert.equal(socket.recovered, true);
    assert.equal(socket.id, id);
    assert.deepEqual(heard, [0, 1, 2, 3]);
    socket.close();
  },
};

scenarios[scenario]().then(() => {
  clearTimeout(deadline);
  process.exit(0);
}, fail);
