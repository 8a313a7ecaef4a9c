import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { Session } from './session';

const user = { id: 'amina', user_id: 1, username: 'amina', display_name: 'Amina' };
const fetched = vi.fn();

/** A token that ends in so many seconds. */
function token(seconds: number): string {
  return `h.${btoa(JSON.stringify({ exp: Math.floor(Date.now() / 1000) + seconds, jti: Math.random() }))}.s`;
}

function store(access: string, refresh: string): void {
  localStorage.setItem('hearth:session', JSON.stringify({ user, access, refresh }));
}

function answers(status: number, body: unknown): void {
  fetched.mockImplementationOnce(async () => new Response(JSON.stringify(body), { status }));
}

beforeEach(() => {
  localStorage.clear();
  fetched.mockReset();
  vi.stubGlobal('fetch', fetched);
});

afterEach(() => vi.unstubAllGlobals());

test('A token that holds is given as it is', async () => {
  const access = token(600);
  store(access, 'r1');
  expect(await new Session().getToken()).toBe(access);
  expect(fetched).not.toHaveBeenCalled();
});

test('One that is about to end is renewed first, and the new pair kept', async () => {
  store(token(5), 'r1');
  answers(200, { access: 'new', refresh: 'r2' });
  const session = new Session();
  expect(await session.getToken()).toBe('new');
  expect(JSON.parse(localStorage.getItem('hearth:session') ?? '')).toMatchObject({
    access: 'new',
    refresh: 'r2',
    user,
  });
});

test('Many requests at once spend the refresh token once', async () => {
  store(token(5), 'r1');
  answers(200, { access: 'new', refresh: 'r2' });
  const session = new Session();
  const tokens = await Promise.all([session.getToken(), session.getToken(), session.getToken({ refresh: true })]);
  expect(tokens).toEqual(['new', 'new', 'new']);
  expect(fetched).toHaveBeenCalledTimes(1);
});

test('What another tab has renewed is taken, not renewed again', async () => {
  store(token(5), 'r1');
  const session = new Session();
  const access = token(600);
  store(access, 'r2');
  expect(await session.getToken()).toBe(access);
  expect(fetched).not.toHaveBeenCalled();
});

test('A refused refresh ends the session; no answer at all does not', async () => {
  store(token(5), 'r1');
  const session = new Session();
  fetched.mockRejectedValueOnce(new TypeError('failed to fetch'));
  expect(await session.getToken()).not.toBeNull();
  expect(session.user).not.toBeNull();
  answers(401, { detail: 'Token is invalid or expired.' });
  expect(await session.getToken()).toBeNull();
  expect(session.user).toBeNull();
  expect(localStorage.getItem('hearth:session')).toBeNull();
});

test('A sign-out in another tab is one here, too', () => {
  store(token(600), 'r1');
  const session = new Session();
  const heard = vi.fn();
  session.subscribe(heard);
  localStorage.removeItem('hearth:session');
  globalThis.dispatchEvent(new StorageEvent('storage', { key: 'hearth:session' }));
  expect(session.user).toBeNull();
  expect(heard).toHaveBeenCalled();
});

test('An address signs in as an address, anything else as a name', async () => {
  const session = new Session();
  answers(200, { user, access: 'a', refresh: 'r' });
  await session.login('amina@example.org', 'secret');
  expect(await fetched.mock.calls[0]?.[0].json()).toEqual({ email: 'amina@example.org', password: 'secret' });
  answers(200, { user, access: 'a', refresh: 'r' });
  await session.login('amina', 'secret');
  expect(await fetched.mock.calls[1]?.[0].json()).toEqual({ username: 'amina', password: 'secret' });
});
