import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { type RoomNews, RoomSocket } from './room-socket';

class FakeWebSocket {
  static readonly made: FakeWebSocket[] = [];
  static get last(): FakeWebSocket {
    return FakeWebSocket.made.at(-1) as FakeWebSocket;
  }

  onmessage: ((event: { data: string }) => void) | null = null;
  onclose: (() => void) | null = null;
  closed = false;
  readonly sent: string[] = [];
  readonly url: string;

  constructor(url: URL) {
    this.url = String(url);
    FakeWebSocket.made.push(this);
  }

  send(text: string): void {
    this.sent.push(text);
  }

  close(): void {
    this.closed = true;
  }

  say(text: string): void {
    this.onmessage?.({ data: text });
  }
}

let rooms: RoomSocket;
let tokens: ({ refresh?: boolean } | undefined)[];

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('WebSocket', FakeWebSocket);
  FakeWebSocket.made.length = 0;
  tokens = [];
  rooms = new RoomSocket('https://community.example', (options) => {
    tokens.push(options);
    return 'a-token';
  });
});

afterEach(() => {
  rooms.stop();
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

/** The server lets the client in; the answer is what it has sent since. */
async function admit(): Promise<FakeWebSocket> {
  await vi.advanceTimersByTimeAsync(0);
  FakeWebSocket.last.say('0{"sid":"s","pingInterval":25000,"pingTimeout":20000}');
  FakeWebSocket.last.say('40{"sid":"n"}');
  return FakeWebSocket.last;
}

test('Whoever holds a skill is in its room, and hears its news and no others', async () => {
  const heard: RoomNews[] = [];
  rooms.hold('knots', (news) => heard.push(news));
  const socket = await admit();
  expect(socket.url).toBe('wss://community.example/socket.io/?EIO=4&transport=websocket');
  expect(socket.sent).toEqual(['40{"token":"a-token"}', '421["join_skill_room",{"skill_id":"knots"}]']);
  expect(rooms.isJoined('knots')).toBe(false);
  socket.say('431[{"ok":true}]');
  expect(rooms.isJoined('knots')).toBe(true);
  socket.say('42["skill_update",{"skill_id":"knots","type":"liked","likes":1}]');
  socket.say('42["skill_update",{"skill_id":"bread","type":"liked","likes":1}]');
  expect(heard.map((news) => news.type)).toEqual(['joined', 'liked']);
  socket.say('2');
  expect(socket.sent.at(-1)).toBe('3');
});

test('After a loss it says so, comes back, and joins again', async () => {
  const heard: RoomNews[] = [];
  rooms.hold('knots', (news) => heard.push(news));
  const socket = await admit();
  socket.say('431[{"ok":true}]');
  socket.onclose?.();
  expect(rooms.isJoined('knots')).toBe(false);
  await vi.advanceTimersByTimeAsync(1_000);
  (await admit()).say('432[{"ok":true}]');
  expect(FakeWebSocket.made.length).toBe(2);
  expect(heard.map((news) => news.type)).toEqual(['joined', 'lost', 'joined']);
});

test('A server that says nothing any more is lost, and an ended token is renewed', async () => {
  rooms.hold('knots', () => {});
  await admit();
  await vi.advanceTimersByTimeAsync(46_000);
  expect(FakeWebSocket.made.length).toBe(2);
  FakeWebSocket.last.say('44{"message":"Unauthorized"}');
  await vi.advanceTimersByTimeAsync(2_000);
  expect(tokens).toEqual([undefined, undefined, { refresh: true }]);
});

test('The last to leave closes it, but not for a page that is shown anew', async () => {
  const leave = rooms.hold('knots', () => {});
  const socket = await admit();
  socket.say('431[{"ok":true}]');
  leave();
  const again = rooms.hold('knots', () => {});
  await vi.advanceTimersByTimeAsync(2_000);
  expect(socket.closed).toBe(false);
  again();
  await vi.advanceTimersByTimeAsync(2_000);
  expect(socket.closed).toBe(true);
});
