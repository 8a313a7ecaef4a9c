import { expect, test } from 'vitest';
import { daysOf, draftsOf, listOf, withNext } from './drafts';
import { filtersOf, isNarrowed } from './filters';
import { planOf } from './plan-file';

test('What an address says of filters is kept where it makes sense', () => {
  expect(filtersOf({ q: 'bread', difficulty: 'beginner', sort: 'newest', rating: '4', category: '' })).toEqual({
    q: 'bread',
    difficulty: 'beginner',
    sort: 'newest',
    rating: 4,
  });
  expect(filtersOf({ q: '', difficulty: 'impossible', sort: 7, rating: 99, mine: 'perhaps' })).toEqual({});
  expect(filtersOf({ q: 42, mine: true })).toEqual({ q: '42', mine: true });
  expect(isNarrowed({})).toBe(false);
});

test('Days are written as lines, and come back as they were', () => {
  const days = [
    { day: 1, title: 'Begin', tasks: ['Mix', 'Wait'] },
    { day: 8, title: 'Bake', tasks: [] },
  ];
  expect(daysOf(draftsOf(days))).toEqual(days);
  const [, , added] = withNext(draftsOf(days));
  expect(added).toEqual({ key: 2, day: 9, title: '', tasks: '' });
  expect(daysOf(withNext(draftsOf(days)))).toEqual(days);
});

test('Lists are without blanks and doubles', () => {
  expect(listOf(' bread, patience ,, bread', ',')).toEqual(['bread', 'patience']);
});

test('A plan to take along has boxes to tick, and a name that any system takes', () => {
  const author = { id: 'lena', username: 'lena', display_name: 'Lena', profile_photo: null };
  const { name, text } = planOf({
    title: 'Brot & Zeit: 7 Tage!',
    description: '',
    author,
    days: [{ day: 1, title: '', tasks: ['Mix\nwell'] }],
  });
  expect(name).toBe('brot-zeit-7-tage.md');
  expect(text).toBe('# Brot & Zeit: 7 Tage!\n\nBy Lena\n\n## Day 1\n\n- [ ] Mix well\n');
});
