import { cleanup, fireEvent, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { serve, show } from '../testing';
import { CommunityActivity } from './community-activity';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const item = (id: string, verb: string, kind: string, title: string) => ({
  id,
  verb,
  actor: { id: 'juma', username: 'juma', display_name: 'Juma', profile_photo: null },
  object: { kind, id: 7, title },
  created_at: '2025-01-01T00:00:00Z',
});

test('Who did what is told, and leads to what it was done to', async () => {
  serve({
    'GET /api/v1/feed/global': {
      results: [item('2', 'share_skill', 'skill', 'Knots'), item('1', 'create_post', 'post', '')],
      next: null,
      previous: null,
    },
  });
  show(<CommunityActivity feed="global" link={(object, words) => <a href={`/${object.kind}`}>{words}</a>} />);
  const lines = await screen.findAllByRole('listitem');
  expect(lines[0]?.textContent).toContain('Juma shared the skill Knots');
  expect(lines[1]?.textContent).toContain('Juma wrote Untitled');
  expect(screen.getByRole('link', { name: 'Knots' }).getAttribute('href')).toBe('/skill');
});

test('More is asked for where the last page ended', async () => {
  const calls = serve({
    'GET /api/v1/feed': {
      results: [],
      next: 'https://elsewhere/api/v1/feed?cursor=abc&limit=5',
      previous: null,
    },
  });
  show(<CommunityActivity limit={5} />);
  fireEvent.click(await screen.findByRole('button', { name: 'Show more' }));
  await vi.waitFor(() => expect(calls.some((call) => call.query.get('cursor') === 'abc')).toBe(true), 60_000);
  expect(calls[0]?.query.get('limit')).toBe('5');
});

test('A feed in which nothing happened says so', async () => {
  serve({ 'GET /api/v1/feed': { results: [], next: null, previous: null } });
  show(<CommunityActivity />);
  expect(await screen.findByText('Quiet here')).toBeTruthy();
});
