import { beforeEach, expect, test, vi } from 'vitest';
import { ApiError } from '../api/api-error';
import type { Page, Post, User } from '../api/wire';
import { PostCache } from '../offline/post-cache';
import { ViewQueue } from '../offline/view-queue';
import type { CommunityApi } from './api';
import { CommunityStore } from './community-store';
import { aComment, aPage, aPost, eventId } from './fixtures';
import { feedKey } from './state';

const feed = feedKey({});
const juma: User = {
  id: 'juma',
  user_id: 2,
  username: 'juma',
  display_name: 'Juma',
  profile_photo: null,
  roles: ['individual'],
  tenant_id: null,
  created_at: '2025-01-01T00:00:00Z',
  email: 'someone@example.org',
  email_verified: true,
  bio: '',
  show_email: false,
  is_private: false,
  time_zone: null,
  is_active: true,
};

/** An answer that the test gives when it wants to. */
function answer<T>() {
  let give: (value: T) => void = () => undefined;
  let refuse: (error: unknown) => void = () => undefined;
  const promise = new Promise<T>((resolve, reject) => {
    give = resolve;
    refuse = reject;
  });
  return { promise, give, refuse };
}

const api = {
  posts: vi.fn(),
  withComments: vi.fn(),
  react: vi.fn(),
  unreact: vi.fn(),
  createPost: vi.fn(),
  createComment: vi.fn(),
  deletePost: vi.fn(),
  markViewed: vi.fn(),
};

let store: CommunityStore;
let views: ViewQueue;

beforeEach(() => {
  localStorage.clear();
  for (const call of Object.values(api)) call.mockReset();
  views = new ViewQueue(
    () => 'views',
    () => Promise.resolve(),
  );
  store = make();
});

function make(): CommunityStore {
  const made = new CommunityStore(api as unknown as CommunityApi, new PostCache(() => 'posts'), views);
  made.setMe(juma);
  return made;
}

function event(position: number, type: string, data: unknown) {
  store.receive({ kind: 'event', id: eventId(position), type, data });
}

async function loadFeed(...posts: Post[]): Promise<void> {
  api.posts.mockResolvedValueOnce(aPage(posts));
  await store.loadFeed({});
}

test('A reaction shows at once and stays when the server takes it', async () => {
  await loadFeed(aPost(1, { reaction_summary: [{ reaction_type: '👍', count: 2 }], user_reaction: '👍' }));
  const reply = answer<unknown>();
  api.react.mockReturnValue(reply.promise);
  const done = store.react('ventpost', 1, '❤️');
  const now = {
    user_reaction: '❤️',
    reaction_summary: [
      { reaction_type: '👍', count: 1 },
      { reaction_type: '❤️', count: 1 },
    ],
  };
  expect(store.getState().posts[1]).toMatchObject(now);
  reply.give({});
  await done;
  expect(store.getState().posts[1]).toMatchObject(now);
});

test('A reaction that the server refuses is taken back, and its reason is told', async () => {
  await loadFeed(aPost(1));
  api.react.mockRejectedValue(new ApiError(429, 'Request was throttled. Expected available in 45 seconds.'));
  await expect(store.react('ventpost', 1, '❤️')).rejects.toThrow('throttled');
  expect(store.getState().posts[1]).toMatchObject({ user_reaction: null, reaction_summary: [] });
});

test('Events go below what is pending: neither is lost', async () => {
  await loadFeed(aPost(1));
  const reply = answer<unknown>();
  api.react.mockReturnValue(reply.promise);
  const done = store.react('ventpost', 1, '👍');
  event(5, 'ventroom_reaction_updated', {
    content_type: 'ventpost',
    object_id: 1,
    reaction_summary: [{ reaction_type: '👍', count: 3 }],
    user_reaction: '👍',
    user_id: 'amina',
  });
  expect(store.getState().posts[1]?.reaction_summary).toEqual([{ reaction_type: '👍', count: 4 }]);
  reply.refuse(new ApiError(0, 'offline'));
  await expect(done).rejects.toThrow();
  expect(store.getState().posts[1]?.reaction_summary).toEqual([{ reaction_type: '👍', count: 3 }]);
});

test('An event that comes while a read is on its way is not lost to the older read', async () => {
  const reply = answer<Page<Post>>();
  api.posts.mockReturnValueOnce(reply.promise);
  const done = store.loadFeed({});
  event(9, 'ventroom_post_view_updated', { post_id: 1, views: 8 });
  event(10, 'new_ventroom_post', aPost(2));
  reply.give(aPage([aPost(1, { views: 7 })]));
  await done;
  expect(store.getState().posts[1]?.views).toBe(8);
  expect(store.getState().feeds[feed]?.fresh).toEqual([2]);
});

test('The same event by two groups is heard once', async () => {
  await loadFeed(aPost(1));
  const heard = vi.fn();
  store.onEvent(heard);
  event(3, 'ventroom_post_view_updated', { post_id: 1, views: 1 });
  event(3, 'ventroom_post_view_updated', { post_id: 1, views: 1 });
  expect(heard).toHaveBeenCalledTimes(1);
});

test('A resync reads everything shown again', async () => {
  await loadFeed(aPost(1));
  api.posts.mockResolvedValueOnce(aPage([aPost(4)]));
  store.receive({ kind: 'resync' });
  await vi.waitFor(() => expect(store.getState().feeds[feed]?.ids).toEqual([4]), 60_000);
});

test('A comment on its way shows once, though its event comes before its answer', async () => {
  api.withComments.mockResolvedValueOnce({ post: aPost(1), comments: aPage([]) });
  await store.loadThread(1);
  const reply = answer<unknown>();
  api.createComment.mockReturnValue(reply.promise);
  const done = store.createComment(1, juma, { text: 'Karibu', parent: null, key: 'k' }, null);
  expect(store.getState().threads[1]?.roots).toHaveLength(1);
  expect(store.getState().posts[1]?.comment_count).toBe(1);
  const created = aComment(30, { user: juma, text: 'Karibu' });
  event(7, 'new_ventroom_comment', { ...created, post_id: 1, comment_count: 1 });
  expect(store.getState().threads[1]?.roots).toEqual([30]);
  reply.give(created);
  await done;
  expect(store.getState().threads[1]?.roots).toEqual([30]);
  expect(store.getState().posts[1]?.comment_count).toBe(1);
});

test('A deleted post is gone at once and back when the server refuses', async () => {
  await loadFeed(aPost(2), aPost(1));
  const reply = answer<void>();
  api.deletePost.mockReturnValue(reply.promise);
  const done = store.deletePost(2);
  expect(store.getState().feeds[feed]?.ids).toEqual([1]);
  reply.refuse(new ApiError(403, 'You do not have permission to perform this action.'));
  await expect(done).rejects.toThrow('permission');
  expect(store.getState().feeds[feed]?.ids).toEqual([2, 1]);
});

test('Without a connection the saved posts are shown, and say since when', async () => {
  await loadFeed(aPost(2), aPost(1));
  store = make();
  api.posts.mockRejectedValueOnce(new ApiError(0, 'offline'));
  await store.loadFeed({});
  const shown = store.getState().feeds[feed];
  expect(shown?.ids).toEqual([2, 1]);
  expect(shown?.savedAt).not.toBeNull();
});

test('Only views that no read has counted are reported', async () => {
  await loadFeed(aPost(1));
  event(4, 'new_ventroom_post', aPost(2));
  store.markViewed(1);
  store.markViewed(2);
  store.markViewed(2);
  expect(views.size).toBe(1);
  expect(store.getState().posts[1]?.has_viewed).toBe(true);
});

test("Somebody else's sign-in starts from nothing", async () => {
  await loadFeed(aPost(1));
  store.setMe({ ...juma, id: 'amina' });
  expect(store.getState()).toMatchObject({ me: 'amina', posts: {}, feeds: {} });
});
