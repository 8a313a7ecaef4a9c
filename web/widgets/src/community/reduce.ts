import { nextQuery } from '../api/http';
import type { Comment, Page, Post, Reply } from '../api/wire';
import {
  type CommunityState,
  EMPTY_FEED,
  EMPTY_THREAD,
  type Feed,
  type FeedFilter,
  feedKey,
  type Thread,
  type ThreadComment,
} from './state';

/** The steps that a snapshot or an answer makes. Each is a pure function from state to state. */

export function putPosts(state: CommunityState, posts: readonly Post[]): CommunityState {
  if (posts.length === 0) return state;
  const next = { ...state.posts };
  for (const post of posts) next[post.id] = post;
  return { ...state, posts: next };
}

export function patchFeed(state: CommunityState, key: string, change: Partial<Feed>): CommunityState {
  const feed = state.feeds[key] ?? EMPTY_FEED;
  return { ...state, feeds: { ...state.feeds, [key]: { ...feed, ...change } } };
}

export function feedLoading(state: CommunityState, filter: FeedFilter): CommunityState {
  return patchFeed(state, feedKey(filter), { filter, status: 'loading', error: null });
}

/** A page of a feed: the first one replaces what was shown, a further one follows it. */
export function feedLoaded(
  state: CommunityState,
  filter: FeedFilter,
  page: Page<Post>,
  first: boolean,
): CommunityState {
  const key = feedKey(filter);
  const before = first ? [] : (state.feeds[key]?.ids ?? []);
  const known = new Set(before);
  const added = page.results.map((post) => post.id).filter((id) => !known.has(id));
  const shown = new Set([...before, ...added]);
  const fresh = (state.feeds[key]?.fresh ?? []).filter((id) => !shown.has(id));
  return patchFeed(putPosts(state, page.results), key, {
    filter,
    ids: [...before, ...added],
    fresh: first ? [] : fresh,
    next: nextQuery(page.next),
    status: 'ready',
    savedAt: null,
    error: null,
  });
}

export function showFresh(state: CommunityState, key: string): CommunityState {
  const feed = state.feeds[key];
  if (!feed || feed.fresh.length === 0) return state;
  return patchFeed(state, key, { ids: [...feed.fresh, ...feed.ids], fresh: [] });
}

export function patchThread(state: CommunityState, post: number, change: Partial<Thread>): CommunityState {
  const thread = state.threads[post] ?? EMPTY_THREAD;
  return { ...state, threads: { ...state.threads, [post]: { ...thread, ...change } } };
}

/** A page of a post's top-level comments, each with its first replies. */
export function threadLoaded(
  state: CommunityState,
  post: number,
  page: Page<Comment | Reply>,
  first: boolean,
): CommunityState {
  const thread = (first ? undefined : state.threads[post]) ?? EMPTY_THREAD;
  const comments = { ...state.comments };
  const roots = [...thread.roots];
  const replies = { ...thread.replies };
  const whole = { ...thread.whole };
  const known = new Set(roots);
  for (const comment of page.results) {
    comments[comment.id] = flat(comment, post, comment.id);
    const below = 'replies' in comment ? comment.replies : [];
    for (const reply of below) comments[reply.id] = flat(reply, post, comment.id);
    if (known.has(comment.id)) continue;
    roots.push(comment.id);
    replies[comment.id] = below.map((reply) => reply.id);
    if (below.length < REPLIES_SHOWN) whole[comment.id] = true;
  }
  const threads = {
    ...state.threads,
    [post]: { roots, replies, whole, next: nextQuery(page.next), status: 'ready' as const, error: null },
  };
  return { ...state, comments, threads };
}

/** How many replies a list of comments brings with each; fewer means that there are no others. */
export const REPLIES_SHOWN = 3;

/** All replies below one top-level comment. */
export function repliesLoaded(
  state: CommunityState,
  post: number,
  root: number,
  list: readonly (Comment | Reply)[],
): CommunityState {
  const thread = state.threads[post];
  if (!thread) return state;
  const comments = { ...state.comments };
  for (const reply of list) comments[reply.id] = flat(reply, post, root);
  const ids = list.map((reply) => reply.id).sort((a, b) => a - b);
  return {
    ...state,
    comments,
    threads: {
      ...state.threads,
      [post]: { ...thread, replies: { ...thread.replies, [root]: ids }, whole: { ...thread.whole, [root]: true } },
    },
  };
}

/** One comment, new or changed, put where it belongs; twice is as good as once. */
export function putComment(
  state: CommunityState,
  post: number,
  comment: Comment | Reply,
  pending = false,
): CommunityState {
  const parent = comment.parent ?? null;
  const known = state.comments[comment.id];
  const root = known?.root ?? (parent === null ? comment.id : state.comments[parent]?.root);
  const thread = state.threads[post];
  if (root === undefined || !thread || thread.status === 'loading') return state;
  const kept: ThreadComment = { ...flat(comment, post, root), ...(pending ? { pending: true } : {}) };
  const next = { ...state, comments: { ...state.comments, [comment.id]: kept } };
  if (root === comment.id) {
    return thread.roots.includes(root)
      ? next
      : patchThread(next, post, {
          roots: [root, ...thread.roots],
          replies: { ...thread.replies, [root]: [] },
          whole: { ...thread.whole, [root]: true },
        });
  }
  const below = thread.replies[root] ?? [];
  if (below.includes(comment.id) || !thread.roots.includes(root)) return next;
  return patchThread(next, post, { replies: { ...thread.replies, [root]: [...below, comment.id] } });
}

/** Takes a comment away with all that hangs below it. */
export function dropComment(state: CommunityState, post: number, id: number): CommunityState {
  const thread = state.threads[post];
  const gone = new Set([id]);
  if (!thread) return state;
  const root = state.comments[id]?.root ?? id;
  const below = thread.replies[root] ?? [];
  for (const reply of root === id ? below : below.filter((other) => hangsBelow(state, other, gone))) gone.add(reply);
  const comments = { ...state.comments };
  for (const one of gone) delete comments[one];
  return patchThread({ ...state, comments }, post, {
    roots: thread.roots.filter((other) => !gone.has(other)),
    replies: { ...thread.replies, [root]: below.filter((other) => !gone.has(other)) },
  });
}

export function dropPost(state: CommunityState, id: number): CommunityState {
  if (!state.posts[id] && !Object.values(state.feeds).some((feed) => feed.fresh.includes(id))) return state;
  const posts = { ...state.posts };
  delete posts[id];
  const feeds = { ...state.feeds };
  for (const [key, feed] of Object.entries(feeds)) {
    feeds[key] = { ...feed, ids: feed.ids.filter((one) => one !== id), fresh: feed.fresh.filter((one) => one !== id) };
  }
  return { ...state, posts, feeds };
}

export function patchPost(state: CommunityState, id: number, change: Partial<Post>): CommunityState {
  const post = state.posts[id];
  return post ? { ...state, posts: { ...state.posts, [id]: { ...post, ...change } } } : state;
}

export function patchComment(state: CommunityState, id: number, change: Partial<ThreadComment>): CommunityState {
  const comment = state.comments[id];
  return comment ? { ...state, comments: { ...state.comments, [id]: { ...comment, ...change } } } : state;
}

/** Ids grow with time, so a reply's parent has been looked at before it. */
function hangsBelow(state: CommunityState, id: number, gone: Set<number>): boolean {
  const parent = state.comments[id]?.parent ?? null;
  if (parent === null || !gone.has(parent)) return false;
  gone.add(id);
  return true;
}

function flat(comment: Comment | Reply, post: number, root: number): ThreadComment {
  const { id, user, parent, text, media, media_type, created_at, updated_at, reaction_summary, user_reaction } =
    comment;
  const own = { id, user, text, media, media_type, created_at, updated_at, reaction_summary, user_reaction };
  return { ...own, parent: parent ?? null, post, root };
}
