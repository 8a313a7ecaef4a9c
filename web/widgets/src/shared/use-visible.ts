import { type RefObject, useEffect } from 'react';
import { useEvent } from './use-event';

/** Calls back once each time the element has come into view by at least half, or by half a screen. */
export function useVisible<T extends Element>(ref: RefObject<T | null>, onVisible: () => void, active = true): void {
  const seen = useEvent(onVisible);
  useEffect(() => {
    const element = ref.current;
    if (!active || element === null || typeof IntersectionObserver === 'undefined') return;
    const observer = new IntersectionObserver(
      (entries) => {
        for (const entry of entries) {
          const enough = entry.intersectionRatio >= 0.5 || entry.intersectionRect.height > globalThis.innerHeight / 2;
          if (entry.isIntersecting && enough) seen();
        }
      },
      { threshold: [0.01, 0.25, 0.5] },
    );
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref, active, seen]);
}
