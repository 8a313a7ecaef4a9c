import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { Brand } from '../../shared/brand';

/** The frame of the pages that one sees before being somebody. */
export function AuthPage({ title, intro, children }: { title: string; intro: string; children: ReactNode }) {
  return (
    <main className="auth" id="main">
      <div className="auth__card h-card">
        <Link to="/" className="auth__brand" aria-label="Hearth, home">
          <Brand />
        </Link>
        <h1>{title}</h1>
        <p className="h-muted">{intro}</p>
        {children}
      </div>
    </main>
  );
}
