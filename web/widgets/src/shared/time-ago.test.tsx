import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { TimeAgo } from './time-ago';

afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

test('What shows long after the page was opened is told by the clock of now', () => {
  vi.useFakeTimers({ now: Date.now() + 3 * 3_600_000 });
  render(<TimeAgo at={new Date(Date.now() - 3_600_000).toISOString()} />);
  expect(screen.getByText('1 h')).toBeTruthy();
});
