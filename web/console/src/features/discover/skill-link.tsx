import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

/** A skill's own page. */
export function skillLink(skill: { id: string }, children: ReactNode): ReactNode {
  return (
    <Link to="/discover/$id" params={{ id: skill.id }}>
      {children}
    </Link>
  );
}
