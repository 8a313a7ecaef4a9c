import type { Post } from '../api/wire';
import { readStored, writeStored } from './storage';

interface Saved {
  at: string;
  posts: Post[];
}

/** The last posts of the feed, kept on this device for when there is no connection. */
export class PostCache {
  constructor(private readonly key: () => string) {}

  save(posts: readonly (Post | undefined)[]): void {
    writeStored(this.key(), { at: new Date().toISOString(), posts: posts.filter((post) => post !== undefined) });
  }

  load(): Saved | null {
    const saved = readStored<Saved>(this.key());
    return saved && Array.isArray(saved.posts) && saved.posts.length > 0 ? saved : null;
  }
}
