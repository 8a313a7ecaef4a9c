import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import type { Skill } from '../api/wire';
import { serve, show } from '../testing';
import { SkillCard } from './skill-card';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const AT = '/api/v1/social/skills/s1';

const skill: Skill = {
  id: 's1',
  title: 'Sourdough',
  description: 'A jar, flour, water.',
  category: 'baking',
  difficulty: 'beginner',
  tags: [],
  days: [{ day: 1, title: 'Begin', tasks: ['Mix'] }],
  visibility: 'followers',
  author: { id: 'lena', username: 'lena', display_name: 'Lena', profile_photo: null },
  likes: 3,
  downloads: 1,
  views: 9,
  comment_count: 2,
  rating: { average: 4.5, count: 2 },
  liked: false,
  downloaded: false,
  my_rating: null,
  created_at: '2025-01-01T00:00:00Z',
  updated_at: '2025-01-01T00:00:00Z',
};

test('A card tells what a skill is, whose, for whom, and what people think of it', () => {
  serve({});
  show(<SkillCard skill={skill} link={(one, title) => <a href={`/${one.id}`}>{title}</a>} />);
  expect(screen.getByRole('article', { name: 'Sourdough' })).toBeTruthy();
  expect(screen.getByRole('link', { name: 'Sourdough' }).getAttribute('href')).toBe('/s1');
  expect(screen.getByText('1 day')).toBeTruthy();
  expect(screen.getByText('for followers')).toBeTruthy();
  expect(screen.getByText('Rated 4.5 of 5 by 2')).toBeTruthy();
  expect(screen.getByText('2 comments')).toBeTruthy();
});

test('A compact card leaves the text out, and one that nobody rated says so', () => {
  serve({});
  show(<SkillCard skill={{ ...skill, rating: { average: 0, count: 0 } }} compact />);
  expect(screen.queryByText('A jar, flour, water.')).toBeNull();
  expect(screen.getByText('Not rated yet')).toBeTruthy();
});

test('A skill that the page names is read; a like counts at once, then as the server says', async () => {
  const calls = serve({ [`GET ${AT}`]: skill, [`POST ${AT}/like`]: { liked: true, likes: 7 } });
  show(<SkillCard skillId="s1" />);
  fireEvent.click(await screen.findByRole('button', { name: 'Like, 3' }));
  await screen.findByRole('button', { name: 'Like, 7', pressed: true });
  expect(calls.filter((call) => call.method === 'POST').length).toBe(1);
});

test('A like that the server refuses is taken back, and said', async () => {
  serve({ [`GET ${AT}`]: skill, [`POST ${AT}/like`]: 500 });
  show(<SkillCard skillId="s1" />);
  fireEvent.click(await screen.findByRole('button', { name: 'Like, 3' }));
  await screen.findByText('The server could not do that.');
  await waitFor(() => expect(screen.getByRole('button', { name: 'Like, 3', pressed: false })).toBeTruthy());
});

test('A skill that is not for the reader is said to be away, without noise', async () => {
  serve({});
  show(<SkillCard skillId="s1" />);
  expect(await screen.findByText('This skill is not there, or not for you.')).toBeTruthy();
  expect(screen.queryByRole('alert')).toBeNull();
});
