import { useSyncExternalStore } from 'react';

const EVERY = 30_000;
const listeners = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | null = null;
let now = Date.now();

/** One clock for all times on the page. */
function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  if (timer === null) {
    // It stood still while nobody looked.
    now = Date.now();
    timer = setInterval(() => {
      now = Date.now();
      for (const one of listeners) one();
    }, EVERY);
  }
  return () => {
    listeners.delete(listener);
    if (listeners.size > 0 || timer === null) return;
    clearInterval(timer);
    timer = null;
  };
}

export function TimeAgo({ at }: { at: string }) {
  const clock = useSyncExternalStore(subscribe, () => now);
  const date = new Date(at);
  return (
    <time className="h-time" dateTime={at} title={date.toLocaleString()}>
      {timeAgo(date, clock)}
    </time>
  );
}

/** "just now", "5 min", "3 h", "2 d", then the date. */
export function timeAgo(date: Date, clock: number): string {
  const seconds = Math.max(0, (clock - date.getTime()) / 1000);
  if (seconds < 60) return 'just now';
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h`;
  if (seconds < 7 * 86_400) return `${Math.floor(seconds / 86_400)} d`;
  const sameYear = new Date(clock).getFullYear() === date.getFullYear();
  return date.toLocaleDateString(undefined, {
    day: 'numeric',
    month: 'short',
    ...(sameYear ? {} : { year: 'numeric' }),
  });
}
