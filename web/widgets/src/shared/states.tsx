import type { ReactNode } from 'react';

/** Grey shapes where something is on its way. */
export function Skeleton({ lines = 3, label = 'Loading' }: { lines?: number; label?: string }) {
  return (
    <div className="h-skeleton" role="status" aria-label={label}>
      {Array.from({ length: lines }, (_, index) => (
        <span key={index} className="h-skeleton__line" />
      ))}
    </div>
  );
}

/** In the place of what only people with an account see. */
export function SignedOut() {
  return <p className="h-muted">Sign in to see this.</p>;
}

export function EmptyState({ title, children }: { title: string; children?: ReactNode }) {
  return (
    <div className="h-empty">
      <svg className="h-empty__art" viewBox="0 0 64 64" aria-hidden="true">
        <path d="M32 10c3 10 16 16 16 29a16 16 0 0 1-32 0c0-6 3-10 6.500-13.500.8 4.500 3 7 5.500 8.200C26.500 24 28 16 32 10Z" />
        <path d="M12 58h40" />
      </svg>
      <p className="h-empty__title">{title}</p>
      {children ? <div className="h-empty__text">{children}</div> : null}
    </div>
  );
}

export function ErrorState({ message, onRetry }: { message: string; onRetry?: () => void }) {
  return (
    <div className="h-error" role="alert">
      <p>{message}</p>
      {onRetry ? (
        <button type="button" className="h-button h-button--quiet" onClick={onRetry}>
          Try again
        </button>
      ) : null}
    </div>
  );
}
