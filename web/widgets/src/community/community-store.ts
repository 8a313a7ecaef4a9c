import { messageOf } from '../api/api-error';
import type { Comment, ContentType, Page, Post, ReactionType, User } from '../api/wire';
import type { LiveMessage } from '../live/live-socket';
import type { PostCache } from '../offline/post-cache';
import type { ViewQueue } from '../offline/view-queue';
import type { CommentQuery, CommunityApi, NewComment, NewPost, PostQuery } from './api';
import { applyEvent, type CommunityEvent } from './apply-event';
import * as pending from './pending';
import {
  dropComment,
  dropPost,
  feedLoaded,
  feedLoading,
  patchComment,
  patchFeed,
  patchPost,
  patchThread,
  putComment,
  putPosts,
  REPLIES_SHOWN,
  repliesLoaded,
  showFresh,
  threadLoaded,
} from './reduce';
import { type CommunityState, EMPTY, type FeedFilter, feedKey } from './state';

const REMEMBERED = 2_000;
const PAGE_SIZE = 20;

/**
 * The live state of a community, apart from React: what the server said (`base`), what was done here and is not
 * answered yet (`pendings`), and the two laid over each other, which is what is shown.
 */
export class CommunityStore {
  private base: CommunityState = EMPTY;
  private shown: CommunityState = EMPTY;
  private pendings: readonly pending.Pending[] = [];
  private readonly listeners = new Set<() => void>();
  private readonly seen = new Set<string>();
  /** Events that came while a snapshot was on its way: applied again over it. */
  private readonly recordings = new Set<CommunityEvent[]>();
  private readonly listening = new Set<(event: CommunityEvent) => void>();
  /** Posts that a read brought: the server has counted those views by itself. */
  private readonly counted = new Set<number>();
  private draftId = 0;

  constructor(
    private readonly api: CommunityApi,
    private readonly cache: PostCache,
    private readonly views: ViewQueue,
  ) {}

  getState = (): CommunityState => this.shown;

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  /** Hears each event once, after it has been applied. */
  onEvent(listener: (event: CommunityEvent) => void): () => void {
    this.listening.add(listener);
    return () => this.listening.delete(listener);
  }

  setMe(user: User | null): void {
    if ((user?.id ?? null) === this.base.me) return;
    this.counted.clear();
    this.pendings = [];
    this.set({ ...EMPTY, me: user?.id ?? null });
  }

  receive(message: LiveMessage): void {
    if (message.kind === 'resync') this.refresh();
    if (message.kind !== 'event') return;
    const key = `${message.id} ${message.type}`;
    if (this.seen.has(key)) return;
    this.seen.add(key);
    if (this.seen.size > REMEMBERED) this.seen.delete(this.seen.values().next().value as string);
    for (const recording of this.recordings) recording.push(message);
    this.set(applyEvent(this.base, message));
    for (const listener of this.listening) listener(message);
  }

  /** Reads again everything that is shown. */
  refresh(): void {
    for (const feed of Object.values(this.base.feeds)) void this.loadFeed(feed.filter);
    for (const post of Object.keys(this.base.threads)) void this.loadThread(Number(post));
  }

  async loadFeed(filter: FeedFilter): Promise<void> {
    const key = feedKey(filter);
    this.set(feedLoading(this.base, filter));
    try {
      await this.snapshot(
        () => this.readPosts({ ...filter, page_size: PAGE_SIZE }),
        (state, page) => feedLoaded(state, filter, page, true),
      );
      if (key === feedKey({})) this.cache.save(this.base.feeds[key]?.ids.map((id) => this.base.posts[id]) ?? []);
    } catch (error) {
      this.feedFailed(key, filter, error);
    }
  }

  async loadMore(key: string): Promise<void> {
    const feed = this.base.feeds[key];
    if (!feed || feed.next === null || feed.status === 'loading') return;
    const { filter, next } = feed;
    this.set(patchFeed(this.base, key, { status: 'loading' }));
    try {
      await this.snapshot(
        () => this.readPosts(next as PostQuery),
        (state, page) => feedLoaded(state, filter, page, false),
      );
    } catch (error) {
      this.set(patchFeed(this.base, key, { status: 'failed', error: messageOf(error) }));
    }
  }

  showFresh(key: string): void {
    this.set(showFresh(this.base, key));
  }

  /** Reads a post with the first page of its comments. */
  async loadThread(post: number): Promise<void> {
    this.set(patchThread(this.base, post, { status: 'loading', error: null }));
    try {
      await this.snapshot(
        async () => {
          const page = await this.api.withComments(post);
          this.counted.add(post);
          return page;
        },
        (state, page) => threadLoaded(putPosts(state, [page.post]), post, page.comments, true),
      );
    } catch (error) {
      this.set(patchThread(this.base, post, { status: 'failed', error: messageOf(error) }));
    }
  }

  async loadMoreComments(post: number): Promise<void> {
    const next = this.base.threads[post]?.next;
    if (next === null || next === undefined) return;
    await this.snapshot(
      () => this.api.comments(post, next as CommentQuery),
      (state, page) => threadLoaded(state, post, page, false),
    );
  }

  /** Reads on until a comment that an address names is among what is shown, if it is there at all. */
  async findComment(post: number, id: number): Promise<void> {
    const roots = (await this.api.comments(post, { at: id })).results as Comment[];
    const isThere = (comment: number) => this.base.comments[comment] !== undefined;
    const end = roots.at(-1)?.id ?? id;
    while (!isThere(id) && !isThere(end) && this.base.threads[post]?.next) await this.loadMoreComments(post);
    for (const root of roots)
      if (!isThere(id) && root.replies.length >= REPLIES_SHOWN) await this.loadReplies(post, root.id);
  }

  /** Reads all replies below a top-level comment, page after page. */
  async loadReplies(post: number, root: number): Promise<void> {
    await this.snapshot(
      async () => {
        const all = await this.api.comments(post, { parent: root, page_size: 100 });
        for (let page = 2; all.next !== null; page++) {
          const further = await this.api.comments(post, { parent: root, page_size: 100, page });
          all.results.push(...further.results);
          all.next = further.next;
        }
        return all.results;
      },
      (state, list) => repliesLoaded(state, post, root, list),
    );
  }

  react(kind: ContentType, id: number, reaction: ReactionType | null): Promise<void> {
    return this.act(
      pending.reactPending(kind, id, reaction),
      () => (reaction === null ? this.api.unreact(kind, id) : this.api.react(kind, id, reaction)),
      pending.reactPending(kind, id, reaction),
    );
  }

  async createPost(post: NewPost): Promise<Post> {
    const created = await this.api.createPost(post);
    this.set(applyEvent(this.base, { id: '', type: 'new_ventroom_post', data: created }));
    for (const [key, feed] of Object.entries(this.base.feeds)) if (feed.fresh.includes(created.id)) this.showFresh(key);
    return created;
  }

  editPost(id: number, change: { title: string; content: string }): Promise<void> {
    const edit = pending.editPostPending(id, change.title, change.content);
    return this.act(edit, () => this.api.editPost(id, change), edit);
  }

  deletePost(id: number): Promise<void> {
    const drop = pending.deletePostPending(id);
    return this.act(
      drop,
      () => this.api.deletePost(id),
      (state) => dropPost(state, id),
    );
  }

  createComment(post: number, user: User, comment: NewComment, preview: string | null): Promise<void> {
    const draft: pending.Draft = {
      id: --this.draftId,
      user,
      parent: comment.parent,
      text: comment.text,
      media: preview,
      mediaType: comment.media?.type ?? null,
      at: new Date().toISOString(),
    };
    const known = new Set(Object.keys(this.base.comments).map(Number));
    return this.act(
      pending.commentPending(post, draft, known),
      () => this.api.createComment(post, comment),
      (state, created) => countNew(state, post, created.id, putComment(state, post, created)),
    );
  }

  editComment(post: number, id: number, text: string): Promise<void> {
    return this.act(
      pending.editCommentPending(id, text),
      () => this.api.editComment(post, id, text),
      (state) => patchComment(state, id, { text, updated_at: new Date().toISOString() }),
    );
  }

  deleteComment(post: number, id: number): Promise<void> {
    return this.act(
      pending.deleteCommentPending(post, id),
      () => this.api.deleteComment(post, id),
      (state) => dropComment(state, post, id),
    );
  }

  /** Somebody looked at a post that no read of theirs has counted. */
  markViewed(id: number): void {
    if (this.base.posts[id]?.has_viewed !== false) return;
    if (!this.counted.has(id)) this.views.add(id);
    this.set(patchPost(this.base, id, { has_viewed: true }));
  }

  private async readPosts(query: PostQuery): Promise<Page<Post>> {
    const page = await this.api.posts(query);
    for (const post of page.results) this.counted.add(post.id);
    return page;
  }

  /** A page asked for and, once it is here, what happened meanwhile on top of it. */
  private async snapshot<T>(
    read: () => Promise<T>,
    put: (state: CommunityState, value: T) => CommunityState,
  ): Promise<void> {
    const recording: CommunityEvent[] = [];
    this.recordings.add(recording);
    try {
      const value = await read();
      this.set(recording.reduce(applyEvent, put(this.base, value)));
    } finally {
      this.recordings.delete(recording);
    }
  }

  /** Shows at once, asks the server, and keeps it or takes it back. */
  private async act<T>(
    shown: pending.Pending,
    ask: () => Promise<T>,
    done: (state: CommunityState, answer: T) => CommunityState,
  ): Promise<void> {
    this.pendings = [...this.pendings, shown];
    this.set(this.base);
    const settle = (base: CommunityState) => {
      this.pendings = this.pendings.filter((one) => one !== shown);
      this.set(base);
    };
    try {
      const answer = await ask();
      settle(done(this.base, answer));
    } catch (error) {
      settle(this.base);
      throw error;
    }
  }

  private feedFailed(key: string, filter: FeedFilter, error: unknown): void {
    const saved = this.base.feeds[key]?.ids.length || key !== feedKey({}) ? null : this.cache.load();
    if (saved === null) {
      this.set(patchFeed(this.base, key, { status: 'failed', error: messageOf(error) }));
      return;
    }
    const page: Page<Post> = { next: null, previous: null, results: saved.posts };
    const state = feedLoaded(this.base, filter, page, true);
    this.set(patchFeed(state, key, { status: 'failed', error: messageOf(error), savedAt: saved.at }));
  }

  private set(base: CommunityState): void {
    this.base = base;
    const shown = this.pendings.reduce((state, apply) => apply(state), base);
    if (shown === this.shown) return;
    this.shown = shown;
    for (const listener of this.listeners) listener();
  }
}

/** Counts one's own new comment unless its event, which brings the count, came first. */
function countNew(before: CommunityState, post: number, id: number, after: CommunityState): CommunityState {
  const count = before.posts[post]?.comment_count;
  return count === undefined || before.comments[id] ? after : patchPost(after, post, { comment_count: count + 1 });
}
