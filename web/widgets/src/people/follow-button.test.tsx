import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { serve, show } from '../testing';
import { FollowButton } from './follow-button';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const tie = { following: false, followed_by: false, blocked: false };

test('Pressing follows, and calls back', async () => {
  const changed = vi.fn();
  const calls = serve({
    'GET /api/v1/follow/status/juma': tie,
    'POST /api/v1/follow': { following: true },
  });
  show(<FollowButton userId="juma" name="Juma" onChange={changed} />);
  fireEvent.click(await screen.findByRole('button', { name: 'Follow Juma', pressed: false }));
  await waitFor(() => expect(changed).toHaveBeenCalledWith(true));
  expect(calls.find((call) => call.method === 'POST')?.body).toEqual({ user_id: 'juma' });
});

test('Pressing again follows no more', async () => {
  const calls = serve({
    'GET /api/v1/follow/status/juma': { ...tie, following: true },
    'DELETE /api/v1/follow/juma': 204,
  });
  show(<FollowButton userId="juma" />);
  fireEvent.click(await screen.findByRole('button', { name: 'Following', pressed: true }));
  await waitFor(() => expect(calls.some((call) => call.method === 'DELETE')).toBe(true));
});

test('Nobody follows themselves, nor whom they block', async () => {
  const calls = serve({ 'GET /api/v1/follow/status/juma': { ...tie, blocked: true } });
  show(
    <>
      <FollowButton userId="amina" />
      <FollowButton userId={1} />
      <FollowButton userId="juma" />
    </>,
  );
  await waitFor(() => expect(calls.length).toBe(1));
  expect(screen.queryByRole('button')).toBeNull();
});
