import type { GetToken } from '../api/http';
import type { Frame } from '../api/wire';
import { backoff, tokenExpiry } from './timing';

/** `waiting`: the connection was lost and the next try is due; `closed`: nobody needs one. */
export type LiveStatus = 'closed' | 'connecting' | 'open' | 'waiting';

/** A group of the WebSocket: the feed, or one post by its id. */
export type Group = 'feed' | number;

export type LiveMessage =
  | { kind: 'event'; id: string; type: string; data: unknown }
  /** What was missed can't be replayed: read everything shown again. */
  | { kind: 'resync' }
  | { kind: 'joined'; group: Group };

const PING_EVERY = 25_000;
const SILENCE_LIMIT = 12_000;
/** A group left and joined again within this time, as when a page changes, is not left at all. */
const LINGER = 1_000;
const RENEW_BEFORE = 60_000;
const UNAUTHENTICATED = 4401;
/** The server takes 50 messages a second from one connection. */
const SENDS_PER_SECOND = 40;

interface Held {
  count: number;
  joined: boolean;
  leaving: ReturnType<typeof setTimeout> | null;
}

/**
 * The one WebSocket of a page, apart from React. Groups are counted: the first holder joins, the last leaves.
 * After a loss it comes back by itself, joins again what is held, and asks for what was missed since the last event.
 */
export class LiveSocket {
  status: LiveStatus = 'closed';
  private socket: WebSocket | null = null;
  /** Everything up to here has come, in every group: the place to go on from after a loss. */
  private since: string | null = null;
  /** The newest event that came; older ones of groups still to be joined may follow it. */
  private reached: string | null = null;
  /** All is joined, and what was missed is on its way: the answer to a ping comes behind it. */
  private settling = false;
  private opened = 0;
  private attempt = 0;
  private generation = 0;
  private refreshNext = false;
  private outbox: Frame[] = [];
  private sends = 0;
  private pacing: ReturnType<typeof setTimeout> | null = null;
  private retry: ReturnType<typeof setTimeout> | null = null;
  private ping: ReturnType<typeof setInterval> | null = null;
  private silence: ReturnType<typeof setTimeout> | null = null;
  private renewal: ReturnType<typeof setTimeout> | null = null;
  private readonly groups = new Map<Group, Held>();
  private readonly listeners = new Set<(message: LiveMessage) => void>();
  private readonly statusListeners = new Set<() => void>();

  constructor(
    private readonly baseUrl: string,
    private readonly getToken: GetToken,
  ) {}

  onMessage(listener: (message: LiveMessage) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** Hears of changes of {@link status} and of {@link isJoined}. */
  onStatus = (listener: () => void): (() => void) => {
    this.statusListeners.add(listener);
    return () => this.statusListeners.delete(listener);
  };

  /** Connects, and stays connected until {@link stop}. */
  start(): void {
    if (this.status !== 'closed') return;
    globalThis.addEventListener?.('online', this.wake);
    globalThis.addEventListener?.('offline', this.abandon);
    void this.connect();
  }

  stop(): void {
    globalThis.removeEventListener?.('online', this.wake);
    globalThis.removeEventListener?.('offline', this.abandon);
    this.generation++;
    this.clearTimers();
    this.socket?.close(1000);
    this.socket = null;
    this.since = this.reached = null;
    this.opened = 0;
    this.attempt = 0;
    this.setStatus('closed');
  }

  /** Holds a group until the returned function is called. */
  hold(group: Group): () => void {
    const known = this.groups.get(group);
    const held = known ?? { count: 0, joined: false, leaving: null };
    if (held.leaving !== null) clearTimeout(held.leaving);
    held.leaving = null;
    held.count++;
    this.groups.set(group, held);
    if (!known) this.send(joinFrame(group));
    let released = false;
    return () => {
      if (released) return;
      released = true;
      held.count--;
      if (held.count === 0) held.leaving = setTimeout(() => this.leave(group, held), LINGER);
    };
  }

  isJoined(group: Group): boolean {
    return this.groups.get(group)?.joined ?? false;
  }

  /** Tries at once instead of when the next try is due: the network is back. */
  readonly wake = (): void => {
    if (this.status !== 'waiting') return;
    this.attempt = 0;
    if (this.retry !== null) clearTimeout(this.retry);
    void this.connect();
  };

  private leave(group: Group, held: Held): void {
    if (held.count > 0) return;
    this.groups.delete(group);
    this.send(leaveFrame(group));
    this.advance();
  }

  private async connect(): Promise<void> {
    const generation = ++this.generation;
    this.setStatus('connecting');
    const refresh = this.refreshNext;
    this.refreshNext = false;
    let token: string | null = null;
    try {
      token = await this.getToken(refresh ? { refresh: true } : undefined);
    } catch {
      token = null;
    }
    if (generation !== this.generation) return;
    if (token === null) {
      this.retryLater();
      return;
    }
    const socket = new WebSocket(this.url(), ['bearer', token]);
    this.socket = socket;
    let wasOpen = false;
    socket.onopen = () => {
      if (generation !== this.generation) return;
      wasOpen = true;
      this.onOpen(token);
    };
    socket.onmessage = (event) => {
      if (generation === this.generation) this.onFrame(String(event.data));
    };
    socket.onclose = (event) => {
      if (generation !== this.generation) return;
      // A refused upgrade tells the page nothing; a stale token is its likeliest cause after a loss.
      this.refreshNext = event.code === UNAUTHENTICATED || (!wasOpen && this.attempt > 0);
      this.lost();
    };
  }

  private url(): string {
    const base = new URL(this.baseUrl === '' ? globalThis.location.origin : this.baseUrl, globalThis.location?.href);
    base.protocol = base.protocol === 'https:' ? 'wss:' : 'ws:';
    base.pathname = `${base.pathname.replace(/\/$/, '')}/ws/`;
    if (this.since !== null) base.searchParams.set('since', this.since);
    return base.toString();
  }

  private onOpen(token: string): void {
    this.attempt = 0;
    this.setStatus('open');
    for (const group of this.groups.keys()) this.send(joinFrame(group));
    this.ping = setInterval(() => this.send({ type: 'ping' }), PING_EVERY);
    this.listen();
    this.renewBefore(token);
    // Nothing to replay from: whatever was missed while away can only be read again.
    if (this.opened++ > 0 && this.since === null) this.emit({ kind: 'resync' });
  }

  private onFrame(text: string): void {
    this.listen();
    const frame = JSON.parse(text) as Frame;
    if (frame.type === 'resync') this.emit({ kind: 'resync' });
    else if (frame.type === 'ventroom_joined') this.joined('feed');
    else if (frame.type === 'ventroom_post_joined') this.joined((frame.data as { post_id: number }).post_id);
    else if (frame.type === 'pong') {
      this.settling = false;
      this.advance();
    } else if (frame.id !== undefined) {
      if (this.reached === null || frame.id > this.reached) this.reached = frame.id;
      this.advance();
      this.emit({ kind: 'event', id: frame.id, type: frame.type, data: frame.data });
    }
  }

  private joined(group: Group): void {
    const held = this.groups.get(group);
    if (held) held.joined = true;
    if (this.allJoined()) {
      this.settling = true;
      this.send({ type: 'ping' });
    }
    this.emit({ kind: 'joined', group });
    this.tellStatus();
  }

  private allJoined(): boolean {
    return [...this.groups.values()].every((held) => held.joined);
  }

  /** A replay of one group comes after newer events of another: only when every group has had its own is the newest the last. */
  private advance(): void {
    if (!this.settling && this.allJoined()) this.since = this.reached;
  }

  /** The server answers a ping within a second; silence far longer than that is a dead connection. */
  private listen(): void {
    if (this.silence !== null) clearTimeout(this.silence);
    this.silence = setTimeout(() => this.abandon(), PING_EVERY + SILENCE_LIMIT);
  }

  /** Gives a connection up without waiting for it to end: a dead one ends late, or never. */
  private readonly abandon = (): void => {
    if (this.socket === null) return;
    this.generation++;
    this.socket.close();
    this.lost();
  };

  private lost(): void {
    this.clearTimers();
    this.socket = null;
    for (const held of this.groups.values()) held.joined = false;
    this.reached = this.since;
    this.settling = false;
    this.retryLater();
  }

  private retryLater(): void {
    this.setStatus('waiting');
    const generation = this.generation;
    this.retry = setTimeout(
      () => {
        if (generation === this.generation) void this.connect();
      },
      backoff(this.attempt++),
    );
  }

  /** A socket lives as long as its token, unless a newer one is shown in time. */
  private renewBefore(token: string): void {
    const expiry = tokenExpiry(token);
    if (expiry === null) return;
    const generation = this.generation;
    this.renewal = setTimeout(
      async () => {
        const renewed = await Promise.resolve(this.getToken({ refresh: true })).catch(() => null);
        if (renewed === null || generation !== this.generation) return;
        this.send({ type: 'auth', data: { token: renewed } });
        this.renewBefore(renewed);
      },
      Math.max(1_000, expiry - Date.now() - RENEW_BEFORE),
    );
  }

  private send(frame: Frame): void {
    if (this.socket?.readyState !== 1) return;
    this.outbox.push(frame);
    this.flush();
  }

  /** Sends what the server takes now; what is over goes a second later. */
  private flush(): void {
    while (this.outbox.length > 0 && this.sends < SENDS_PER_SECOND) {
      this.sends++;
      this.socket?.send(JSON.stringify(this.outbox.shift()));
    }
    this.pacing ??= setTimeout(() => {
      this.pacing = null;
      this.sends = 0;
      if (this.outbox.length > 0) this.flush();
    }, 1_000);
  }

  private emit(message: LiveMessage): void {
    for (const listener of this.listeners) listener(message);
  }

  private setStatus(status: LiveStatus): void {
    if (status === this.status) return;
    this.status = status;
    this.tellStatus();
  }

  private tellStatus(): void {
    for (const listener of this.statusListeners) listener();
  }

  private clearTimers(): void {
    for (const timer of [this.retry, this.silence, this.renewal, this.pacing]) if (timer !== null) clearTimeout(timer);
    if (this.ping !== null) clearInterval(this.ping);
    this.retry = this.silence = this.renewal = this.pacing = null;
    this.outbox = [];
    this.sends = 0;
    this.ping = null;
  }
}

function joinFrame(group: Group): Frame {
  return group === 'feed' ? { type: 'join_ventroom' } : { type: 'join_ventroom_post', data: { post_id: group } };
}

function leaveFrame(group: Group): Frame {
  return group === 'feed' ? { type: 'leave_ventroom' } : { type: 'leave_ventroom_post', data: { post_id: group } };
}
