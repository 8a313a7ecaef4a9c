import type { FeedObject } from '@hearth/widgets';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { skillLink } from '../discover/skill-link';
import { postLink } from '../feed/post-link';
import { personLink } from '../people/person-link';

/** The page of what something was done to, where it has one. */
export function objectLink({ kind, id }: FeedObject, children: ReactNode): ReactNode {
  if (kind === 'post') return postLink({ id: Number(id) }, children);
  if (kind === 'skill') return skillLink({ id: String(id) }, children);
  if (kind === 'user') return personLink(String(id), children);
  if (kind !== 'group') return children;
  return (
    <Link to="/groups/$id" params={{ id: String(id) }}>
      {children}
    </Link>
  );
}
