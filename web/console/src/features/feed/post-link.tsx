import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

/** A post's own page. */
export function postLink(post: { id: number }, children: ReactNode): ReactNode {
  return (
    <Link to="/posts/$id" params={{ id: String(post.id) }}>
      {children}
    </Link>
  );
}
