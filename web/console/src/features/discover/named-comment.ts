import { useLocation } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';

/** The comment that the page's address names, as mails and notifications do. */
export function useNamedComment(): string | undefined {
  const { hash } = useLocation();
  return /^comment-[0-9a-f-]{36}$/.test(hash) ? hash.slice('comment-'.length) : undefined;
}

/** Scrolls to what it is put on where the address names it: it comes after the browser has looked for it. */
export function usePlace(isNamed: boolean) {
  const place = useRef<HTMLElement>(null);
  useEffect(() => {
    if (isNamed) place.current?.scrollIntoView({ block: 'center' });
  }, [isNamed]);
  return place;
}
