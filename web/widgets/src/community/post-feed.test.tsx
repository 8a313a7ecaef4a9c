import { cleanup, fireEvent, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { serve, show } from '../testing';
import { Composer } from './composer';
import { aComment, aPage, aPost } from './fixtures';
import { PostFeed } from './post-feed';

beforeEach(() => localStorage.clear());

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const POSTS = '/api/ventroom/posts/';

test('While posts load there is something to see, and then there are the posts', async () => {
  serve({ [`GET ${POSTS}`]: aPage([aPost(1, { title: 'On bread', comment_count: 1 })]) });
  show(<PostFeed />);
  expect(screen.getAllByRole('status', { name: 'Loading posts' }).length).toBeGreaterThan(0);
  const card = await screen.findByRole('article', { name: 'Post by Amina' });
  expect(within(card).getByRole('heading', { name: 'On bread' })).toBeTruthy();
  expect(within(card).getByRole('button', { name: '1 comment' })).toBeTruthy();
});

test('A feed without posts says so', async () => {
  serve({ [`GET ${POSTS}`]: aPage([]) });
  show(<PostFeed empty="Nobody has spoken yet" />);
  expect(await screen.findByText('Nobody has spoken yet')).toBeTruthy();
});

test('A failed read says why and can be tried again', async () => {
  serve({ [`GET ${POSTS}`]: new Response('{"detail":"Try later."}', { status: 503 }) });
  show(<PostFeed />);
  expect(await screen.findByText('Try later.')).toBeTruthy();
  serve({ [`GET ${POSTS}`]: aPage([aPost(1)]) });
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  expect(await screen.findByText('Post 1')).toBeTruthy();
});

test('Comments are asked for when they are wanted', async () => {
  const post = aPost(1, { comment_count: 1 });
  const calls = serve({
    [`GET ${POSTS}`]: aPage([post]),
    [`GET ${POSTS}1/with_comments/`]: { post, comments: aPage([aComment(7, { text: 'Proud of you' })]) },
  });
  show(<PostFeed />);
  fireEvent.click(await screen.findByRole('button', { name: '1 comment' }));
  expect(await screen.findByText('Proud of you')).toBeTruthy();
  const asked = calls.filter((call) => !call.query.has('bookmarked')).map((call) => call.path);
  expect(asked).toEqual([POSTS, `${POSTS}1/with_comments/`]);
});

test('A bookmark is set at once and taken back when the server refuses it', async () => {
  serve({
    [`GET ${POSTS}`]: aPage([aPost(1)]),
    [`DELETE ${POSTS}1/bookmark/`]: 204,
    [`POST ${POSTS}1/bookmark/`]: new Response('{"detail":"Request was throttled."}', { status: 429 }),
  });
  show(<PostFeed />);
  fireEvent.click(await screen.findByRole('button', { name: 'Bookmark', pressed: true }));
  fireEvent.click(await screen.findByRole('button', { name: 'Bookmark', pressed: false }));
  expect(await screen.findByText('Request was throttled.')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Bookmark', pressed: false })).toBeTruthy();
});

test('A bookmark stands though the list of those before it was still on its way', async () => {
  serve({ [`GET ${POSTS}`]: aPage([aPost(1)]), [`POST ${POSTS}1/bookmark/`]: {} });
  const others = globalThis.fetch;
  let arrives = () => {};
  const late = new Promise<void>((resolve) => {
    arrives = resolve;
  });
  let lists = 0;
  vi.stubGlobal('fetch', async (request: Request) => {
    if (!new URL(request.url).searchParams.has('bookmarked')) return others(request);
    lists += 1;
    if (lists > 1) return new Response(JSON.stringify(aPage([aPost(1)])));
    await late;
    return new Response(JSON.stringify(aPage([])));
  });
  show(<PostFeed />);
  fireEvent.click(await screen.findByRole('button', { name: 'Bookmark', pressed: false }));
  await screen.findByRole('button', { name: 'Bookmark', pressed: true });
  arrives();
  await waitFor(() => expect(lists).toBe(2));
  expect(screen.getByRole('button', { name: 'Bookmark', pressed: true })).toBeTruthy();
});

test('Views by day are asked for when they are wanted', async () => {
  const days = [{ date: '2026-01-05', views: 3 }];
  serve({
    [`GET ${POSTS}`]: aPage([aPost(1, { views: 4 })]),
    [`GET ${POSTS}1/view_stats/`]: {
      post_id: 1,
      total_views: 4,
      unique_viewers: 3,
      recent_views_24h: 2,
      views_last_7_days: days,
    },
  });
  show(<PostFeed />);
  fireEvent.click(await screen.findByRole('button', { name: /4 views/ }));
  expect(await screen.findByText(/4 views by 3 people, 2 in the last 24 hours/)).toBeTruthy();
});

test('A reaction is pressed at once and taken back when the server refuses it', async () => {
  serve({
    [`GET ${POSTS}`]: aPage([aPost(1)]),
    'POST /api/ventroom/reactions/': new Response('{"detail":"Request was throttled."}', { status: 429 }),
  });
  show(<PostFeed />);
  fireEvent.click(await screen.findByRole('button', { name: 'Love' }));
  expect(await screen.findByText('Request was throttled.')).toBeTruthy();
  expect(screen.getByRole('button', { name: 'Love', pressed: false })).toBeTruthy();
});

test('What was typed stays when it could not be posted, and pressing again does not post twice', async () => {
  const answer = vi.fn();
  vi.stubGlobal('fetch', answer);
  answer.mockRejectedValueOnce(new TypeError('failed to fetch'));
  show(<Composer />);
  const text = screen.getByRole('textbox', { name: 'Post text' });
  fireEvent.change(text, { target: { value: 'Hello' } });
  fireEvent.click(screen.getByRole('button', { name: 'Post' }));
  expect(await screen.findByText(/No connection/)).toBeTruthy();
  expect((text as HTMLTextAreaElement).value).toBe('Hello');
  answer.mockResolvedValueOnce(new Response(JSON.stringify(aPost(1, { content: 'Hello' })), { status: 201 }));
  fireEvent.click(screen.getByRole('button', { name: 'Post' }));
  await waitFor(() => expect((text as HTMLTextAreaElement).value).toBe(''));
  const keys = answer.mock.calls.map(([request]) => request.headers.get('Idempotency-Key'));
  expect(keys[0]).toBeTruthy();
  expect(keys[1]).toBe(keys[0]);
});
