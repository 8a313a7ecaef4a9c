import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

/** A person's own page. */
export function personLink(id: string, name: ReactNode): ReactNode {
  return (
    <Link to="/people/$id" params={{ id }} className="person-link">
      {name}
    </Link>
  );
}
