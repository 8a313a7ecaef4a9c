import { ApiError } from '../api/api-error';
import { readStored, writeStored } from './storage';

const BATCH_AFTER = 1_000;
const AGAIN_AFTER = 15_000;
const BATCH = 100;

/**
 * Views to report: gathered for a moment, sent in one request, and kept on this device until the server has taken
 * them. The server counts a person once per post, so sending one twice is harmless.
 */
export class ViewQueue {
  private waiting: Set<number> | null = null;
  private timer: ReturnType<typeof setTimeout> | null = null;
  private sending = false;

  constructor(
    private readonly key: () => string,
    private readonly send: (ids: number[]) => Promise<unknown>,
  ) {}

  get size(): number {
    return this.ids().size;
  }

  add(id: number): void {
    if (this.ids().has(id)) return;
    this.ids().add(id);
    this.keep();
    this.later(BATCH_AFTER);
  }

  /** Starts over with what the device kept for whoever is signed in now. */
  reload(): void {
    this.waiting = null;
    if (this.ids().size > 0) this.later(0);
  }

  flush = async (): Promise<void> => {
    if (this.sending || this.ids().size === 0) return;
    this.sending = true;
    const batch = [...this.ids()].slice(0, BATCH);
    try {
      await this.send(batch);
      this.done(batch);
    } catch (error) {
      // Refused for good, such as for a post that is gone: keeping it would block the rest for ever.
      if (error instanceof ApiError && [400, 404, 413, 422].includes(error.status)) this.done(batch);
      else this.later(AGAIN_AFTER);
    } finally {
      this.sending = false;
    }
    if (this.timer === null && this.ids().size > 0) this.later(0);
  };

  stop(): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = null;
  }

  private done(batch: readonly number[]): void {
    for (const id of batch) this.ids().delete(id);
    this.keep();
  }

  private later(delay: number): void {
    if (this.timer !== null) clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.timer = null;
      void this.flush();
    }, delay);
  }

  private ids(): Set<number> {
    this.waiting ??= new Set(readStored<number[]>(this.key()) ?? []);
    return this.waiting;
  }

  private keep(): void {
    writeStored(this.key(), [...this.ids()]);
  }
}
