import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { readError } from './api-error';
import { Http, nextQuery } from './http';

const fetched = vi.fn();
const AT = 'http://hearth.test';

beforeEach(() => {
  fetched.mockReset();
  vi.stubGlobal('fetch', fetched);
});

afterEach(() => vi.unstubAllGlobals());

const answer = (status: number, body: unknown) => new Response(JSON.stringify(body), { status });

test('A refused token is renewed once, and the request repeated', async () => {
  fetched.mockResolvedValueOnce(answer(401, { detail: 'no' })).mockResolvedValueOnce(answer(200, { ok: true }));
  const http = new Http(AT, (options) => (options?.refresh ? 'new' : 'old'));
  expect(await http.read('/api/x')).toEqual({ ok: true });
  expect(fetched.mock.calls.map(([request]) => request.headers.get('Authorization'))).toEqual([
    'Bearer old',
    'Bearer new',
  ]);
});

test('A second refusal is an answer', async () => {
  fetched.mockImplementation(async () => answer(401, { detail: 'no' }));
  await expect(new Http(AT, () => 'token').read('/api/x')).rejects.toMatchObject({ status: 401, message: 'no' });
  expect(fetched).toHaveBeenCalledTimes(2);
});

test('No answer at all is told apart from a refusal', async () => {
  fetched.mockRejectedValue(new TypeError('failed to fetch'));
  await expect(new Http(AT, () => null).read('/api/x')).rejects.toMatchObject({ status: 0, isOffline: true });
});

test('Each dialect of errors is understood', () => {
  expect(readError(400, { title: 'Invalid.', status: 400, errors: { title: ['Too long.'] } }).fields).toEqual({
    title: 'Too long.',
  });
  expect(readError(404, { detail: 'Not found.' }).message).toBe('Not found.');
  expect(readError(400, { email: ['Taken.'], username: ['Too short.'] }).fields).toEqual({
    email: 'Taken.',
    username: 'Too short.',
  });
  expect(readError(400, { success: false, message: 'No tenant.' }).message).toBe('No tenant.');
  expect(readError(400, { statusCode: 400, message: ['bad type'], error: 'Bad Request' }).message).toBe('bad type');
  expect(readError(429, { title: 'Slow down', detail: 'Wait.' }, '45')).toMatchObject({
    message: 'Wait.',
    retryAfter: 45,
  });
  expect(readError(502, undefined).message).toBe('The server could not do that.');
});

test('The next page is asked for at the address used here', () => {
  expect(nextQuery('https://elsewhere.example/api/ventroom/posts/?page=2&q=tea')).toEqual({ page: '2', q: 'tea' });
  expect(nextQuery(null)).toBeNull();
});
