import type { GetToken } from '../api/http';
import type { Skill } from '../api/wire';
import { backoff } from './timing';

/** Something happened to a skill; the figures are those of then. */
type SkillUpdate = { skill_id: string; type: string } & Pick<
  Skill,
  'likes' | 'downloads' | 'views' | 'comment_count' | 'rating'
>;

/** It is gone, or not shown to the person any more. */
interface SkillGone {
  skill_id: string;
  type: 'deleted' | 'unavailable';
}

/** What a skill's room tells: what happened, that it is joined now, or that nothing is heard of it for a while. */
export type RoomNews = SkillUpdate | SkillGone | { type: 'joined' | 'lost' };
type Listener = (news: RoomNews) => void;

/** A room left and joined again within this time, as when a page is shown anew, is not left at all. */
const LINGER = 1_000;

/**
 * The rooms of skills, by Socket.IO over one WebSocket that lives as long as somebody is in a room. Of the protocol it speaks what that
 * takes: https://socket.io/docs/v4/socket-io-protocol. After a loss it comes back by itself and joins again.
 */
export class RoomSocket {
  private socket: WebSocket | null = null;
  private attempt = 0;
  private generation = 0;
  private ready = false;
  private refreshNext = false;
  private silenceLimit = 45_000;
  private acks = 0;
  private readonly asked = new Map<number, string>();
  private readonly joined = new Set<string>();
  private readonly rooms = new Map<string, Set<Listener>>();
  private silence: ReturnType<typeof setTimeout> | undefined;
  private retry: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly baseUrl: string,
    private readonly getToken: GetToken,
  ) {}

  /** Hears of a skill until the answer is called. */
  hold(skill: string, listener: Listener): () => void {
    const room = this.rooms.get(skill) ?? new Set();
    this.rooms.set(skill, room.add(listener));
    if (this.joined.has(skill)) queueMicrotask(() => room.has(listener) && listener({ type: 'joined' }));
    else if (this.socket === null && this.retry === undefined) void this.connect();
    else this.join(skill);
    return () => {
      room.delete(listener);
      setTimeout(() => this.leave(skill), LINGER);
    };
  }

  /** Whether what happens to the skill is heard. */
  isJoined(skill: string): boolean {
    return this.joined.has(skill);
  }

  stop(): void {
    this.generation++;
    clearTimeout(this.silence);
    clearTimeout(this.retry);
    this.retry = undefined;
    this.socket?.close();
    this.socket = null;
    this.ready = false;
    this.joined.clear();
    this.asked.clear();
  }

  private async connect(): Promise<void> {
    this.retry = undefined;
    const generation = ++this.generation;
    const token = await Promise.resolve(this.getToken(this.refreshNext ? { refresh: true } : undefined)).catch(
      () => null,
    );
    if (generation !== this.generation || this.rooms.size === 0) return;
    this.refreshNext = false;
    const socket = new WebSocket(this.url());
    this.socket = socket;
    socket.onmessage = ({ data }) => {
      if (this.socket === socket && typeof data === 'string') this.hear(data, token);
    };
    socket.onclose = () => {
      if (this.socket === socket) this.lose();
    };
    this.listen();
  }

  private url(): URL {
    const url = new URL(this.baseUrl === '' ? globalThis.location.origin : this.baseUrl, globalThis.location?.href);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    url.pathname = `${url.pathname.replace(/\/$/, '')}/socket.io/`;
    url.search = '?EIO=4&transport=websocket';
    return url;
  }

  /** Messages of Engine.IO, by their first letter; those of Socket.IO are in the fourth kind, by their second. */
  private hear(text: string, token: string | null): void {
    this.listen();
    if (text.startsWith('0')) {
      const { pingInterval, pingTimeout } = JSON.parse(text.slice(1)) as { pingInterval: number; pingTimeout: number };
      this.silenceLimit = pingInterval + pingTimeout;
      this.socket?.send(`40${JSON.stringify({ token })}`);
    } else if (text === '2') this.socket?.send('3');
    else if (text.startsWith('40')) {
      this.attempt = 0;
      this.ready = true;
      for (const skill of this.rooms.keys()) this.join(skill);
    } else if (text.startsWith('42')) this.tell(JSON.parse(text.slice(2)) as [string, SkillUpdate]);
    else if (text.startsWith('43')) this.enter(text.slice(2));
    else if (text.startsWith('44')) {
      this.refreshNext = true;
      this.lose();
    } else if (text === '1' || text.startsWith('41')) this.lose();
  }

  private tell([event, update]: [string, SkillUpdate | SkillGone]): void {
    if (event === 'resync') for (const skill of this.joined) this.say(skill, { type: 'joined' });
    if (event !== 'skill_update') return;
    if (update.type === 'deleted' || update.type === 'unavailable') this.joined.delete(update.skill_id);
    this.say(update.skill_id, update);
  }

  private enter(ack: string): void {
    const from = ack.indexOf('[');
    const skill = this.asked.get(Number(ack.slice(0, from)));
    this.asked.delete(Number(ack.slice(0, from)));
    const [answer] = JSON.parse(ack.slice(from)) as [{ ok: boolean }];
    if (skill === undefined || !answer.ok || !this.rooms.has(skill)) return;
    this.joined.add(skill);
    this.say(skill, { type: 'joined' });
  }

  private say(skill: string, news: RoomNews): void {
    for (const listener of [...(this.rooms.get(skill) ?? [])]) listener(news);
  }

  private join(skill: string): void {
    if (!this.ready || this.joined.has(skill) || [...this.asked.values()].includes(skill)) return;
    this.asked.set(++this.acks, skill);
    this.emit(`42${this.acks}`, 'join_skill_room', skill);
  }

  private leave(skill: string): void {
    if (this.rooms.get(skill)?.size !== 0) return;
    this.rooms.delete(skill);
    this.joined.delete(skill);
    if (this.rooms.size === 0) this.stop();
    else this.emit('42', 'leave_skill_room', skill);
  }

  private emit(head: string, event: string, skill: string): void {
    if (this.ready) this.socket?.send(head + JSON.stringify([event, { skill_id: skill }]));
  }

  /** A server that says nothing any more is lost as well. */
  private listen(): void {
    clearTimeout(this.silence);
    this.silence = setTimeout(() => this.lose(), this.silenceLimit);
  }

  private lose(): void {
    const held = [...this.joined];
    this.stop();
    this.retry = setTimeout(() => void this.connect(), backoff(this.attempt++));
    for (const skill of held) this.say(skill, { type: 'lost' });
  }
}
