import { render, screen } from '@testing-library/react';
import { describe, expect, it } from 'vitest';
import { HoursChart, MoodChart, TypesChart } from './charts';
import { parsed } from './new-experiment';
import { startOf } from './periods';

describe('Charts of interactions', () => {
  it('show the hours that the server counted, and by which clock', () => {
    const hours = Array.from({ length: 24 }, (_, hour) => (hour === 20 ? 900_000 : hour));
    const { container } = render(<HoursChart hours={hours} timeZone="Asia/Kathmandu" />);
    expect(container.querySelectorAll('li')).toHaveLength(24);
    expect(screen.getByText(/Most between 20:00 and 21:00.*Asia\/Kathmandu/)).toBeDefined();
  });

  it('weigh each average of moods by how many it is of', () => {
    const mood = [
      { from: '2026-01-01', average: 2, notes: 3 },
      { from: '2026-02-01', average: 10, notes: 1 },
    ];
    render(<MoodChart mood={mood} step="month" />);
    expect(screen.getByText('4 moods, averaged by month; 4.0 of 10 over all')).toBeDefined();
  });

  it('name each type with its number', () => {
    const { container } = render(<TypesChart types={[{ interactionType: 'play', interactions: 12 }]} />);
    expect(container.textContent).toBe('play12');
  });

  it('begin a period so many days ago, and all time nowhere', () => {
    expect(startOf(30, Date.parse('2026-03-31T12:00:00Z'))).toBe('2026-03-01');
    expect(startOf(0)).toBeUndefined();
  });
});

describe('Variants as they are written down', () => {
  it('have weights where they are given', () => {
    expect(parsed('as it is: 9, new : 1, last')).toEqual([
      { name: 'as it is', weight: 9 },
      { name: 'new', weight: 1 },
      { name: 'last', weight: 1 },
    ]);
  });

  it('may have colons in their names', () => {
    expect(parsed('a: b,, c:')).toEqual([
      { name: 'a: b', weight: 1 },
      { name: 'c:', weight: 1 },
    ]);
  });
});
