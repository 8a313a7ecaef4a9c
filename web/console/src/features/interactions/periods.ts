/** What charts may be of. No days: all of one's history. */
export const PERIODS: readonly { value: number; label: string }[] = [
  { value: 30, label: '30 days' },
  { value: 90, label: '90 days' },
  { value: 365, label: 'A year' },
  { value: 0, label: 'All time' },
];

const DAY = 86_400_000;

/** The first day of a period that ends now. */
export function startOf(days: number, now = Date.now()): string | undefined {
  return days === 0 ? undefined : new Date(now - days * DAY).toISOString().slice(0, 10);
}
