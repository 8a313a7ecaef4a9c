import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';

export function BackLink({
  to,
  children,
}: {
  to: '/' | '/discover' | '/groups' | '/notifications' | '/operations' | '/profile';
  children: ReactNode;
}) {
  return (
    <Link to={to} className="back">
      <span aria-hidden="true">←</span> {children}
    </Link>
  );
}
