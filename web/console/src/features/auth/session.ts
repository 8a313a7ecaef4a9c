import { ApiError, type User } from '@hearth/widgets';
import { type AuthAnswer, callLogin, callLogout, callRefresh, callRegister, type Registration } from './api';

const KEY = 'hearth:session';
const LOCK = 'hearth:session';

interface Stored extends AuthAnswer {}

/**
 * The session of this device, shared by all its tabs through localStorage. A refresh token works once: tabs take
 * turns, and whoever waited looks first whether another tab has already brought a new pair.
 */
export class Session {
  private stored: Stored | null;
  private readonly listeners = new Set<() => void>();

  constructor() {
    this.stored = read();
    globalThis.addEventListener('storage', (event) => {
      if (event.key === KEY || event.key === null) this.adopt(read());
    });
  }

  get user(): User | null {
    return this.stored?.user ?? null;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  getUser = (): User | null => this.user;

  async login(name: string, password: string): Promise<void> {
    this.keep(await callLogin(name, password));
  }

  async register(registration: Registration): Promise<void> {
    this.keep(await callRegister(registration));
  }

  /** Forgets the session here even where the server can't be told. */
  async logout(): Promise<void> {
    const refresh = this.stored?.refresh;
    const access = this.stored?.access;
    this.keep(null);
    if (refresh && access) await callLogout(refresh, access).catch(() => undefined);
  }

  /** Shows a changed name or photo everywhere. */
  update(user: User): void {
    if (this.stored) this.keep({ ...this.stored, user });
  }

  getToken = async (options?: { refresh?: boolean }): Promise<string | null> => {
    const { stored } = this;
    if (stored === null) return null;
    if (!options?.refresh && !endsSoon(stored.access)) return stored.access;
    return inTurn(() => this.renew(stored.access));
  };

  private async renew(old: string): Promise<string | null> {
    const latest = read();
    if (latest === null) {
      this.adopt(null);
      return null;
    }
    if (latest.access !== old) {
      this.adopt(latest);
      return latest.access;
    }
    try {
      const pair = await callRefresh(latest.refresh);
      this.keep({ user: latest.user, ...pair });
      return pair.access;
    } catch (error) {
      // Without an answer the session may still be good: keep it, and let the request say that it is offline.
      if (!(error instanceof ApiError) || error.status !== 401) return old;
      this.keep(null);
      return null;
    }
  }

  private keep(stored: Stored | null): void {
    if (stored === null) localStorage.removeItem(KEY);
    else localStorage.setItem(KEY, JSON.stringify(stored));
    this.adopt(stored);
  }

  private adopt(stored: Stored | null): void {
    this.stored = stored;
    for (const listener of this.listeners) listener();
  }
}

function read(): Stored | null {
  const text = localStorage.getItem(KEY);
  if (text === null) return null;
  try {
    return JSON.parse(text) as Stored;
  } catch {
    return null;
  }
}

/** Half a minute early, so that a request never leaves with a token that ends on its way. */
function endsSoon(token: string): boolean {
  try {
    const payload = token.split('.')[1] ?? '';
    const { exp } = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))) as { exp: number };
    return exp * 1000 - Date.now() < 30_000;
  } catch {
    return false;
  }
}

let last: Promise<unknown> = Promise.resolve();

/** One at a time: over all tabs where the browser has locks, in this tab where it has none (on plain http). */
function inTurn<T>(work: () => Promise<T>): Promise<T> {
  if (navigator.locks) return navigator.locks.request(LOCK, work) as Promise<T>;
  const mine = last.then(work);
  last = mine.catch(() => undefined);
  return mine;
}
