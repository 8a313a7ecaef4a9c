import { EmptyState, ErrorState, messageOf, Skeleton, TimeAgo, useHearth } from '@hearth/widgets';
import { type ReactNode, useState } from 'react';
import { BackLink } from '../../shared/back-link';
import { type ExportFormat, useExport, useInteractions, usePatterns } from './api';
import { HoursChart, MoodChart, TypesChart } from './charts';

const FORMATS: readonly { format: ExportFormat; label: string }[] = [
  { format: 'csv', label: 'Table (CSV)' },
  { format: 'json', label: 'Data (JSON)' },
];

const SHOWN = 20;

/** What one did with films, articles and the like: its patterns, each of it, and all of it to take along. */
export function InteractionsPage() {
  const { notify } = useHearth();
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
        <div className="ties">
          {FORMATS.map(({ format, label }) => (
            <button
              key={format}
              type="button"
              className="h-button h-button--quiet h-button--sm"
              disabled={take.isPending}
              onClick={() => take.mutate(format, { onError: (error) => notify(messageOf(error), 'error') })}
            >
              {label}
            </button>
          ))}
        </div>
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
          {rows.length < total ? (
            <p className="h-muted">
              The charts show the newest {rows.length} of {total}.
            </p>
          ) : null}
          <div className="pair">
            <Card title="Mood over time">
              <MoodChart rows={rows} />
            </Card>
            <Card title="Hours of the day">
              <HoursChart rows={rows} />
            </Card>
            <Card title="Types">
              <TypesChart rows={rows} />
            </Card>
            <Card title="History">
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
            </Card>
          </div>
        </>
      ) : null}
    </main>
  );
}

function Patterns() {
  const patterns = usePatterns().data;
  if (!patterns) return null;
  const { mostCommonType, averageDuration, moodCorrelation, timeOfDayPattern, contentTypePreference } =
    patterns.patterns;
  const figures: readonly [string, string][] = [
    ['Interactions', String(patterns.totalInteractions)],
    ['Mostly', mostCommonType ?? '–'],
    ['Time spent, on average', duration(averageDuration)],
    ['Mood and opinion', moodCorrelation === null ? 'too few' : `r = ${moodCorrelation.toFixed(2)}`],
    ['Time of day', timeOfDayPattern ?? '–'],
    ['Kind of content', contentTypePreference ?? '–'],
    ['How often', patterns.trends.interactionFrequency],
  ];
  return (
    <Card title="Your patterns">
      <dl className="figure-list">
        {figures.map(([label, value]) => (
          <div key={label}>
            <dt className="h-muted">{label}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Card>
  );
}

function Card({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section className="h-card">
      <h2 className="card-title">{title}</h2>
      {children}
    </section>
  );
}

function duration(seconds: number): string {
  return seconds < 120 ? `${Math.round(seconds)} s` : `${Math.round(seconds / 60)} min`;
}
