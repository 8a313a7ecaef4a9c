import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type LiveMessage, LiveSocket } from './live-socket';

class FakeWebSocket {
  static readonly made: FakeWebSocket[] = [];
  static get last(): FakeWebSocket {
    return FakeWebSocket.made.at(-1) as FakeWebSocket;
  }

  readyState = 0;
  onopen: (() => void) | null = null;
  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  readonly sent: { type: string; data?: unknown }[] = [];

  constructor(
    readonly url: string,
    readonly protocols: string[],
  ) {
    FakeWebSocket.made.push(this);
  }

  send(text: string): void {
    this.sent.push(JSON.parse(text));
  }

  close(): void {
    this.readyState = 3;
  }

  open(): void {
    this.readyState = 1;
    this.onopen?.();
  }

  say(frame: object): void {
    this.onmessage?.({ data: JSON.stringify(frame) });
  }

  break(code = 1006): void {
    this.readyState = 3;
    this.onclose?.({ code });
  }

  get types(): string[] {
    return this.sent.map((frame) => frame.type);
  }
}

let heard: LiveMessage[];
let tokens: ({ refresh?: boolean } | undefined)[];
let socket: LiveSocket;

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('WebSocket', FakeWebSocket);
  FakeWebSocket.made.length = 0;
  heard = [];
  tokens = [];
  socket = new LiveSocket('https://community.example', (options) => {
    tokens.push(options);
    return 'a-token';
  });
  socket.onMessage((message) => heard.push(message));
});

afterEach(() => {
  socket.stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

async function connect(): Promise<FakeWebSocket> {
  socket.start();
  await vi.advanceTimersByTimeAsync(0);
  FakeWebSocket.last.open();
  return FakeWebSocket.last;
}

async function loseAndReturn(code?: number): Promise<FakeWebSocket> {
  FakeWebSocket.last.break(code);
  await vi.advanceTimersByTimeAsync(1_000);
  FakeWebSocket.last.open();
  return FakeWebSocket.last;
}

test('The token goes as a subprotocol, never in the address', async () => {
  const connection = await connect();
  expect(connection.url).toBe('wss://community.example/ws/');
  expect(connection.protocols).toEqual(['bearer', 'a-token']);
});

test('A group held before the connection is joined as soon as there is one', async () => {
  socket.hold('feed');
  socket.hold(7);
  const connection = await connect();
  expect(connection.sent).toEqual([{ type: 'join_ventroom' }, { type: 'join_ventroom_post', data: { post_id: 7 } }]);
});

test('Two holders join once, and the last to go leaves', async () => {
  const connection = await connect();
  const one = socket.hold(7);
  const two = socket.hold(7);
  one();
  one();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(connection.types).toEqual(['join_ventroom_post']);
  two();
  await vi.advanceTimersByTimeAsync(5_000);
  expect(connection.types).toEqual(['join_ventroom_post', 'leave_ventroom_post']);
});

test('A group left and held again at once is not left', async () => {
  const connection = await connect();
  socket.hold(7)();
  socket.hold(7);
  await vi.advanceTimersByTimeAsync(5_000);
  expect(connection.types).toEqual(['join_ventroom_post']);
});

test('After a loss it comes back with the last event it saw, and joins what is held', async () => {
  socket.hold('feed');
  const connection = await connect();
  connection.say({ type: 'ventroom_joined' });
  connection.say({ type: 'pong' });
  connection.say({ type: 'new_ventroom_post', id: '0000000000000005', data: { id: 1 } });
  connection.say({ type: 'new_ventroom_post', id: '0000000000000003', data: { id: 2 } });
  const next = await loseAndReturn();
  expect(next.url).toBe('wss://community.example/ws/?since=0000000000000005');
  expect(next.types).toEqual(['join_ventroom']);
  expect(heard.filter((message) => message.kind === 'resync')).toEqual([]);
});

test('It goes on from what every group has had, not from the newest of one', async () => {
  socket.hold('feed');
  socket.hold(7);
  const connection = await connect();
  const event = (id: number) => connection.say({ type: 'notification', id: `000000000000000${id}`, data: {} });
  connection.say({ type: 'ventroom_joined' });
  connection.say({ type: 'ventroom_post_joined', data: { post_id: 7 } });
  expect(connection.types.at(-1)).toBe('ping');
  connection.say({ type: 'pong' });
  event(3);

  const second = await loseAndReturn();
  second.say({ type: 'notification', id: '0000000000000009', data: {} });
  second.say({ type: 'ventroom_joined' });
  const third = await loseAndReturn();
  expect(third.url).toBe('wss://community.example/ws/?since=0000000000000003');

  third.say({ type: 'notification', id: '0000000000000009', data: {} });
  third.say({ type: 'ventroom_joined' });
  third.say({ type: 'ventroom_post_joined', data: { post_id: 7 } });
  third.say({ type: 'new_ventroom_comment', id: '0000000000000006', data: {} });
  third.say({ type: 'pong' });
  expect((await loseAndReturn()).url).toBe('wss://community.example/ws/?since=0000000000000009');
});

test('A loss before the first event leaves nothing to replay from: everything is read again', async () => {
  await connect();
  await loseAndReturn();
  expect(heard).toEqual([{ kind: 'resync' }]);
});

test('A server that cannot replay says so', async () => {
  const connection = await connect();
  connection.say({ type: 'resync' });
  expect(heard).toEqual([{ kind: 'resync' }]);
});

test('An ended token is renewed before the next try', async () => {
  await connect();
  await loseAndReturn(4401);
  expect(tokens).toEqual([undefined, { refresh: true }]);
});

test('Tries wait longer and longer, until the network says that it is back', async () => {
  await connect();
  FakeWebSocket.last.break();
  for (const wait of [500, 1_000, 2_000]) {
    const before = FakeWebSocket.made.length;
    await vi.advanceTimersByTimeAsync(wait);
    expect(FakeWebSocket.made.length).toBe(before + 1);
    FakeWebSocket.last.break();
  }
  expect(socket.status).toBe('waiting');
  const before = FakeWebSocket.made.length;
  socket.wake();
  await vi.advanceTimersByTimeAsync(0);
  expect(FakeWebSocket.made.length).toBe(before + 1);
});

test('A connection that says nothing, not even to a ping, is given up', async () => {
  const connection = await connect();
  await vi.advanceTimersByTimeAsync(25_000);
  expect(connection.types).toEqual(['ping']);
  connection.say({ type: 'pong' });
  await vi.advanceTimersByTimeAsync(36_000);
  expect(socket.status).toBe('open');
  await vi.advanceTimersByTimeAsync(2_000);
  expect(socket.status).not.toBe('open');
});

test('A network that says it is gone is believed at once', async () => {
  await connect();
  globalThis.dispatchEvent(new Event('offline'));
  expect(socket.status).toBe('waiting');
  globalThis.dispatchEvent(new Event('online'));
  await vi.advanceTimersByTimeAsync(0);
  FakeWebSocket.last.open();
  expect(socket.status).toBe('open');
});

test('Many joins go at the pace that the server takes', async () => {
  for (let post = 1; post <= 60; post++) socket.hold(post);
  const connection = await connect();
  expect(connection.sent.length).toBe(40);
  await vi.advanceTimersByTimeAsync(1_000);
  expect(connection.sent.length).toBe(60);
});

test('The token is renewed on the open connection before it ends', async () => {
  const exp = Math.floor(Date.now() / 1000) + 900;
  const token = `h.${btoa(JSON.stringify({ exp }))}.s`;
  socket.stop();
  socket = new LiveSocket('https://community.example', (options) => (options?.refresh ? 'renewed' : token));
  const connection = await connect();
  // It answers pings meanwhile.
  const pongs = setInterval(() => connection.say({ type: 'pong' }), 25_000);
  await vi.advanceTimersByTimeAsync(840_000);
  clearInterval(pongs);
  expect(connection.sent.at(-1)).toEqual({ type: 'auth', data: { token: 'renewed' } });
});
