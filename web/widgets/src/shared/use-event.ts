import { useCallback, useLayoutEffect, useRef } from 'react';

/** One function for all renders, which does what the last render says. React's own came with 19.2; pages may have an older one. */
export function useEvent<A extends unknown[]>(latest: (...args: A) => void): (...args: A) => void {
  const held = useRef(latest);
  useLayoutEffect(() => {
    held.current = latest;
  });
  return useCallback((...args: A) => held.current(...args), []);
}
