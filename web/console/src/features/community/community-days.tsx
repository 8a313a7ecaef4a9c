import { ErrorState, messageOf, plural, Skeleton, shortNumber } from '@hearth/widgets';
import { Exports } from '../../shared/exports';
import { useCommunityDays, useCommunityExport } from './api';

const FORMATS = [
  { format: 'pdf', label: 'Report (PDF)' },
  { format: 'csv', label: 'Table (CSV)' },
] as const;

/** For administrators: what the whole community did, day by day, and that to take along. */
export function CommunityDays({ days }: { days: number }) {
  const take = useCommunityExport(days);
  return (
    <section className="h-card" aria-label="Day by day">
      <div className="title-row">
        <h2 className="card-title">Day by day</h2>
        <Exports formats={FORMATS} take={take} />
      </div>
      <Bars days={days} />
    </section>
  );
}

function Bars({ days }: { days: number }) {
  const found = useCommunityDays(days);
  if (found.isPending) return <Skeleton lines={4} label="Loading days" />;
  if (found.isError) return <ErrorState message={messageOf(found.error)} onRetry={() => void found.refetch()} />;
  const most = Math.max(0, ...found.data.map((one) => one.engagements));
  const sum = found.data.reduce((all, one) => all + one.engagements, 0);
  return (
    <>
      <p className="h-muted">
        {plural(sum, 'engagement')} in {plural(days, 'day')}
        {most > 0 ? `; the most on one day: ${shortNumber(most)}` : ''}.
      </p>
      <ol className="day-bars" aria-label="Engagements by day">
        {found.data.map((one) => (
          <li key={one.day} title={`${inWords(one.day)}: ${plural(one.engagements, 'engagement')}`}>
            <span className="h-visually-hidden">
              {inWords(one.day)}: {one.engagements}
            </span>
            <span
              aria-hidden="true"
              style={{
                height: `${Math.max(one.engagements > 0 ? 3 : 0, (one.engagements / Math.max(1, most)) * 100)}%`,
              }}
            />
          </li>
        ))}
      </ol>
      <p className="day-ends h-muted" aria-hidden="true">
        <span>{inWords(found.data[0]?.day)}</span>
        <span>{inWords(found.data.at(-1)?.day)}</span>
      </p>
    </>
  );
}

function inWords(day: string | undefined): string {
  return day === undefined
    ? ''
    : new Date(`${day}T00:00:00Z`).toLocaleDateString(undefined, { day: 'numeric', month: 'short', timeZone: 'UTC' });
}
