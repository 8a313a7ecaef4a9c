import type { Post, Reply } from '../api/wire';

/** Which posts a feed shows; the same names as the list's query. */
export interface FeedFilter {
  author?: string;
  group?: number;
  course?: number;
  campaign?: number;
  q?: string;
  /** Only one's own bookmarks. */
  bookmarked?: boolean;
}

export interface Feed {
  readonly filter: FeedFilter;
  /** The posts shown, in order. */
  readonly ids: readonly number[];
  /** Posts that arrived since and wait to be shown, newest first. */
  readonly fresh: readonly number[];
  /** The query of the next page; null at the end. */
  readonly next: Record<string, string> | null;
  readonly status: 'loading' | 'ready' | 'failed';
  /** Set when the posts are those saved on this device, with the time they were saved at. */
  readonly savedAt: string | null;
  readonly error: string | null;
}

/** A comment as kept here: flat, knowing its post and the top-level comment it hangs below. */
export interface ThreadComment extends Reply {
  readonly post: number;
  /** The id of its top-level comment; its own id when it is one. */
  readonly root: number;
  /** Sent and not answered yet. */
  readonly pending?: boolean;
}

export interface Thread {
  /** Top-level comments, newest first. */
  readonly roots: readonly number[];
  /** Below each top-level comment everything that hangs there, oldest first. */
  readonly replies: Readonly<Record<number, readonly number[]>>;
  /** Top-level comments whose replies are all here. */
  readonly whole: Readonly<Record<number, true>>;
  readonly next: Record<string, string> | null;
  readonly status: 'loading' | 'ready' | 'failed';
  readonly error: string | null;
}

/** Everything live on a page. Plain data: the server's last word, changed only by {@link ./reduce}. */
export interface CommunityState {
  /** The UUID of whoever is signed in. */
  readonly me: string | null;
  readonly posts: Readonly<Record<number, Post>>;
  readonly comments: Readonly<Record<number, ThreadComment>>;
  readonly feeds: Readonly<Record<string, Feed>>;
  readonly threads: Readonly<Record<number, Thread>>;
  /** The newest event applied to a value, by the value's name: an older one that comes late changes nothing. */
  readonly stamps: Readonly<Record<string, string>>;
}

export const EMPTY: CommunityState = { me: null, posts: {}, comments: {}, feeds: {}, threads: {}, stamps: {} };

export const EMPTY_FEED: Feed = {
  filter: {},
  ids: [],
  fresh: [],
  next: null,
  status: 'loading',
  savedAt: null,
  error: null,
};

export const EMPTY_THREAD: Thread = { roots: [], replies: {}, whole: {}, next: null, status: 'loading', error: null };

export function feedKey(filter: FeedFilter): string {
  return JSON.stringify(
    Object.entries(filter)
      .filter(([, value]) => value !== undefined && value !== '')
      .sort(),
  );
}

export function matches(filter: FeedFilter, post: Post): boolean {
  if (filter.author !== undefined && post.user.id !== filter.author) return false;
  if (filter.group !== undefined && post.group !== filter.group) return false;
  if (filter.course !== undefined && post.course !== filter.course) return false;
  if (filter.campaign !== undefined && post.campaign !== filter.campaign) return false;
  // What a search would find is the server's to say, and nobody has bookmarked what is new.
  return filter.bookmarked !== true && (filter.q === undefined || filter.q === '');
}
