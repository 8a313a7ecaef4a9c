import { expect, test } from 'vitest';
import { applyEvent, type CommunityEvent } from './apply-event';
import { aComment, aPage, aPost, eventId } from './fixtures';
import { feedLoaded, threadLoaded } from './reduce';
import { type CommunityState, EMPTY, feedKey } from './state';

const me = 'juma';
const feed = feedKey({});

const loaded: CommunityState = threadLoaded(
  feedLoaded({ ...EMPTY, me }, {}, aPage([aPost(2), aPost(1, { comment_count: 2 })]), true),
  1,
  aPage([aComment(10, { replies: [aComment(11, { parent: 10 })] })]),
  true,
);

const events: CommunityEvent[] = [
  { id: eventId(1), type: 'new_ventroom_post', data: aPost(3) },
  { id: eventId(2), type: 'ventroom_post_updated', data: aPost(1, { content: 'Better', views: 99 }) },
  { id: eventId(3), type: 'ventroom_post_view_updated', data: { post_id: 1, views: 7 } },
  {
    id: eventId(4),
    type: 'new_ventroom_comment',
    data: { ...aComment(12, { parent: 11 }), post_id: 1, comment_count: 3 },
  },
  { id: eventId(5), type: 'new_ventroom_comment', data: { ...aComment(13), post_id: 1, comment_count: 4 } },
  {
    id: eventId(6),
    type: 'ventroom_reaction_updated',
    data: {
      content_type: 'ventpost',
      object_id: 1,
      reaction_summary: [{ reaction_type: '❤️', count: 1 }],
      user_reaction: '❤️',
      user_id: me,
    },
  },
  { id: eventId(7), type: 'ventroom_comment_updated', data: aComment(10, { text: 'Changed' }) },
  { id: eventId(8), type: 'ventroom_comment_deleted', data: { comment_id: 11, post_id: 1, comment_count: 2 } },
  { id: eventId(9), type: 'ventroom_post_deleted', data: { post_id: 2 } },
];

const lived = events.reduce(applyEvent, loaded);

test('An old snapshot and the events since make a fresh read', () => {
  expect(lived.feeds[feed]).toMatchObject({ ids: [1], fresh: [3] });
  expect(lived.posts[1]).toMatchObject({ content: 'Better', views: 7, comment_count: 2, user_reaction: '❤️' });
  expect(lived.posts[2]).toBeUndefined();
  expect(lived.threads[1]?.roots).toEqual([13, 10]);
  expect(lived.threads[1]?.replies[10]).toEqual([]);
  expect(lived.comments[10]?.text).toBe('Changed');
});

test('The same events again change nothing', () => {
  expect(events.reduce(applyEvent, lived)).toMatchObject({
    feeds: lived.feeds,
    posts: lived.posts,
    threads: lived.threads,
  });
});

test('An event that comes late does not bring back an older number', () => {
  const late = { id: eventId(2), type: 'ventroom_post_view_updated', data: { post_id: 1, views: 5 } };
  expect(applyEvent(lived, late).posts[1]?.views).toBe(7);
});

test("Another person's reaction changes the counts and not one's own", () => {
  const event = {
    id: eventId(20),
    type: 'new_reaction_on_user_post',
    data: {
      content_type: 'ventpost',
      object_id: 1,
      reaction_summary: [{ reaction_type: '👍', count: 2 }],
      user_reaction: '👍',
      user_id: 'somebody',
    },
  };
  const post = applyEvent(lived, event).posts[1];
  expect(post?.reaction_summary).toEqual([{ reaction_type: '👍', count: 2 }]);
  expect(post?.user_reaction).toBe('❤️');
});

test('An edit keeps what only the reader knows', () => {
  const seen = {
    ...loaded,
    posts: { ...loaded.posts, 1: aPost(1, { has_viewed: true, user_reaction: '👍' as const }) },
  };
  const edit = { id: eventId(1), type: 'ventroom_post_updated', data: aPost(1, { title: 'New' }) };
  expect(applyEvent(seen, edit).posts[1]).toMatchObject({ title: 'New', has_viewed: true, user_reaction: '👍' });
});

test('A new post waits only in the feeds that it belongs to', () => {
  const feeds = [{ group: 4 }, { author: 'amina' }, { author: 'juma' }, { q: 'tea' }];
  const state = feeds.reduce((s, filter) => feedLoaded(s, filter, aPage([]), true), loaded);
  const after = applyEvent(state, { id: eventId(1), type: 'new_ventroom_post', data: aPost(9, { group: 4 }) });
  expect(feeds.map((filter) => after.feeds[feedKey(filter)]?.fresh)).toEqual([[9], [9], [], []]);
});

test('A reply to a reply hangs below the same top-level comment', () => {
  const state = applyEvent(loaded, events[3] as CommunityEvent);
  expect(state.threads[1]?.replies[10]).toEqual([11, 12]);
  expect(state.comments[12]).toMatchObject({ root: 10, parent: 11, post: 1 });
});

test('Deleting a reply takes what answers it, and nothing beside it', () => {
  const state = [
    { id: eventId(1), type: 'new_ventroom_comment', data: { ...aComment(12, { parent: 11 }), post_id: 1 } },
    { id: eventId(2), type: 'new_ventroom_comment', data: { ...aComment(13, { parent: 10 }), post_id: 1 } },
    { id: eventId(3), type: 'ventroom_comment_deleted', data: { comment_id: 11, post_id: 1 } },
  ].reduce(applyEvent, loaded);
  expect(state.threads[1]?.replies[10]).toEqual([13]);
  expect(Object.keys(state.comments)).toEqual(['10', '13']);
});

test('A comment on a post whose thread is not open only counts', () => {
  const event = {
    id: eventId(1),
    type: 'new_ventroom_comment',
    data: { ...aComment(50), post_id: 2, comment_count: 1 },
  };
  const state = applyEvent(loaded, event);
  expect(state.posts[2]?.comment_count).toBe(1);
  expect(state.comments[50]).toBeUndefined();
});

test('An unknown event changes nothing', () => {
  expect(applyEvent(loaded, { id: eventId(1), type: 'from_the_future', data: {} })).toBe(loaded);
});
