import { expect, test } from 'vitest';
import { backoff, tokenExpiry } from './timing';

test('Each try waits up to twice as long as the one before, half a minute at most', () => {
  const longest = [0, 1, 2, 3, 10].map((attempt) => backoff(attempt, () => 1));
  expect(longest).toEqual([500, 1000, 2000, 4000, 30_000]);
});

test('Half of the wait is chance, so that pages do not come back together', () => {
  expect(backoff(3, () => 0)).toBe(2000);
  expect(backoff(3, () => 0.5)).toBe(3000);
});

test('A token says when it ends, and anything else says nothing', () => {
  const payload = btoa(JSON.stringify({ exp: 1_700_000_000 })).replaceAll('=', '');
  expect(tokenExpiry(`x.${payload}.y`)).toBe(1_700_000_000_000);
  expect(tokenExpiry('opaque')).toBeNull();
  expect(tokenExpiry('a.!!.c')).toBeNull();
});
