const FIRST = 500;
const LONGEST = 30_000;

/**
 * How long to wait before try number `attempt` (0 is the first): doubling, at most half a minute, and a random half of
 * it, so that a thousand pages that lost one server do not all come back in the same moment.
 */
export function backoff(attempt: number, random: () => number = Math.random): number {
  const full = Math.min(LONGEST, FIRST * 2 ** attempt);
  return full / 2 + (full / 2) * random();
}

/** When a JSON Web Token ends, in milliseconds since 1970; null for anything else. */
export function tokenExpiry(token: string): number | null {
  const [, payload] = token.split('.');
  if (!payload) return null;
  try {
    const { exp } = JSON.parse(atob(payload.replaceAll('-', '+').replaceAll('_', '/'))) as { exp?: number };
    return typeof exp === 'number' ? exp * 1000 : null;
  } catch {
    return null;
  }
}
