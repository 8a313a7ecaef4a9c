import { EmptyState, ErrorState, messageOf, Skeleton, TimeAgo } from '@hearth/widgets';
import { useState } from 'react';
import { BackLink } from '../../shared/back-link';
import { Exports } from '../../shared/exports';
import { type ExportFormat, useExport, useInteractions } from './api';
import { Patterns } from './patterns';

const FORMATS: readonly { format: ExportFormat; label: string }[] = [
  { format: 'csv', label: 'Table (CSV)' },
  { format: 'json', label: 'Data (JSON)' },
];

const SHOWN = 20;

/** What one did with films, articles and the like: its patterns, each of it, and all of it to take along. */
export function InteractionsPage() {
  const take = useExport();
  const history = useInteractions();
  const [shown, setShown] = useState(SHOWN);
  const rows = history.data?.pages.flatMap((page) => page.data) ?? [];
  const total = history.data?.pages.at(-1)?.total ?? 0;
  const more = () => {
    setShown(shown + SHOWN);
    if (shown + SHOWN > rows.length && history.hasNextPage) void history.fetchNextPage();
  };
  return (
    <main className="column column--wide" id="main">
      <BackLink to="/profile">Profile</BackLink>
      <div className="title-row">
        <h1 className="page-title">Your interactions</h1>
        <Exports formats={FORMATS} take={take} />
      </div>
      {history.isPending ? <Skeleton lines={6} label="Loading" /> : null}
      {history.isError ? (
        <ErrorState message={messageOf(history.error)} onRetry={() => void history.refetch()} />
      ) : null}
      {history.data && rows.length === 0 ? (
        <EmptyState title="Nothing tracked yet">What you view, like or rate elsewhere shows up here.</EmptyState>
      ) : null}
      {rows.length > 0 ? (
        <>
          <Patterns />
          <section className="h-card">
            <h2 className="card-title">History</h2>
            <ul className="entries">
              {rows.slice(0, shown).map((row) => (
                <li key={row.id}>
                  <span className="entries__what">
                    <span>
                      {row.interactionType} · {row.contentTitle ?? row.contentId}
                    </span>
                    <span className="h-muted">
                      <TimeAgo at={row.createdAt} />
                      {row.moodAtInteraction ? ` · ${row.moodAtInteraction}` : ''}
                      {row.notes ? ` · ${row.notes}` : ''}
                    </span>
                  </span>
                  {row.interactionValue === null ? null : (
                    <strong className="entries__number">{row.interactionValue}</strong>
                  )}
                </li>
              ))}
            </ul>
            {shown < total ? (
              <button
                type="button"
                className="h-button h-button--quiet"
                disabled={history.isFetchingNextPage}
                onClick={more}
              >
                Show more
              </button>
            ) : null}
          </section>
        </>
      ) : null}
    </main>
  );
}
