// @vitest-environment happy-dom
import { cleanup, render, screen } from '@testing-library/react';
import type { ReactNode } from 'react';
import { afterEach, expect, test, vi } from 'vitest';
import { RingFigures } from './ring-figures';

vi.mock('@tanstack/react-router', () => ({
  Link: ({ params, children }: { params: { id: string }; children: ReactNode }) => (
    <a href={`/people/${params.id}`}>{children}</a>
  ),
}));

afterEach(cleanup);

test('a ring shows its members with what they gave and got, and the figures that make it one', () => {
  const part = { inside_given: 40, given: 50, inside_received: 38, received: 41 };
  render(
    <RingFigures
      ring={{
        members: ['zuri', 'tano', 'asha'].map((username) => ({
          person: { id: `id-of-${username}`, username },
          ...part,
        })),
        since: '2026-11-01T00:00:00Z',
        until: '2026-11-28T00:00:00Z',
        inside: 120,
        given: 150,
        share: 0.8,
        expected: 0.0125,
        lift: 64,
        density: 1,
        reciprocity: 0.95,
        void_id: 7,
      }}
    />,
  );

  expect(screen.getByText('120 of 150 (80 %)')).toBeTruthy();
  expect(screen.getByText('1.3 %')).toBeTruthy();
  expect(screen.getByText('64×')).toBeTruthy();
  expect(screen.getByRole('link', { name: '@tano' }).getAttribute('href')).toBe('/people/id-of-tano');
  expect(screen.getAllByRole('row')).toHaveLength(4);
  expect(screen.getByText(/taken back by void 7/)).toBeTruthy();
});
