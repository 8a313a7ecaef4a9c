import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

export function BackLink({
  to,
  children,
}: {
  to:
    | '/'
    | '/discover'
    | '/groups'
    | '/messaging/campaigns'
    | '/messaging/contacts'
    | '/messaging/inbox'
    | '/notifications'
    | '/operations'
    | '/profile';
  children: ReactNode;
}) {
  return (
    <Link to={to} className="back">
      <span aria-hidden="true">←</span> {children}
    </Link>
  );
}
