import { ErrorState, messageOf, Skeleton } from '@hearth/widgets';
import { useReport } from './api';
import { number } from './charts';
import { percent, points, Range } from './measures';
import { Replay } from './replay';

interface ExperimentProps {
  experiment: {
    id: number;
    name: string;
    outcome: string;
    outcomeDays: number;
    plannedPeople: number;
    variants: readonly { name: string; weight: number }[];
  };
}

/** An experiment: what came of each variant so far, whether that may be believed, and a replay. */
export function ExperimentCard({ experiment }: ExperimentProps) {
  const { id, name, outcome, outcomeDays, plannedPeople, variants } = experiment;
  const report = useReport(id);
  const weights = variants.reduce((sum, variant) => sum + variant.weight, 0);
  return (
    <section className="h-card" aria-label={name}>
      <h2 className="card-title">{name}</h2>
      <p className="h-muted">
        Hoped for: {outcome} within {outcomeDays} days of meeting it. Planned: {number(plannedPeople)} people of each
        variant.
      </p>
      {report.isPending ? <Skeleton lines={3} label="Loading the report" /> : null}
      {report.isError ? <ErrorState message={messageOf(report.error)} onRetry={() => void report.refetch()} /> : null}
      {report.data?.warning ? (
        <p role="note" className="note">
          {report.data.warning}
        </p>
      ) : null}
      <ul className="entries">
        {report.data?.variants.map((variant, at) => (
          <li key={variant.variant}>
            <span className="entries__what">
              <span>{variant.variant}</span>
              <span className="h-muted">
                {number(variant.outcomes)} of {number(variant.people)} people ·{' '}
                {percent((variants[at]?.weight ?? 0) / weights)} of all get it
                {variant.pending > 0 ? ` · ${number(variant.pending)} still have time` : ''}
              </span>
              {variant.people > 0 ? (
                <span className="h-muted">
                  With 95 % certainty <Range {...variant.interval} as={percent} />
                </span>
              ) : null}
              {variant.difference !== null &&
              variant.differenceInterval !== null &&
              report.data.variants.every((one) => one.people > 0) ? (
                <span className="h-muted">
                  {points(variant.difference)} against “{variants[0]?.name}”, with 95 % certainty{' '}
                  <Range {...variant.differenceInterval} as={points} /> {meaning(variant.differenceInterval)}
                </span>
              ) : null}
            </span>
            <strong className="entries__number">{variant.people > 0 ? percent(variant.rate) : '–'}</strong>
          </li>
        ))}
      </ul>
      <Replay id={id} />
    </section>
  );
}

function meaning({ low, high }: { low: number; high: number }): string {
  if (low > 0) return '(more than chance)';
  if (high < 0) return '(less, by more than chance)';
  return '(may be chance)';
}
