import { cleanup, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { amina, serve, show } from '../../../../widgets/src/testing';
import { CommunityDays } from './community-days';
import { Leaderboard } from './leaderboard';
import { RoleFigures } from './role-figures';

const { lena } = vi.hoisted(() => ({ lena: { roles: ['individual', 'facilitator'] } }));
vi.mock('../auth/use-session', () => ({ useSession: () => ({ user: lena }) }));

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const COURSES = 'GET /api/engagement/analytics/course_popularity/';

test('A facilitator sees that figures are on their way, and that they did not come', async () => {
  serve({ [COURSES]: 403 });
  show(<RoleFigures />);
  expect(screen.getByRole('status', { name: 'Loading your courses' })).toBeTruthy();
  expect((await screen.findByRole('alert')).textContent).toContain('Try again');
});

test('Who has no course yet is told so', async () => {
  serve({ [COURSES]: { courses: [] } });
  show(<RoleFigures />);
  expect(await screen.findByText('None yet.')).toBeTruthy();
});

test('Days on which nobody did anything have no best one', async () => {
  serve({ 'GET /api/engagement/export/': { days: [{ day: '2026-03-01', engagements: 0 }] } });
  show(<CommunityDays days={1} />);
  expect(await screen.findByText('0 engagements in 1 day.')).toBeTruthy();
});

test('A place in the ranking is told in words, and one engagement is one', async () => {
  const place = {
    user_id: 1,
    username: 'amina',
    activity_level: 'novice',
    reputation_score: 12,
    value: 1,
    avatar_url: null,
  };
  serve({ 'GET /api/engagement/leaderboards/': { results: [place] } });
  show(<Leaderboard days={7} />, amina);
  expect((await screen.findByRole('listitem')).textContent).toBe('Aamina🌱Novice, reputation 121engagement');
});
