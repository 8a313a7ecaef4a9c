import { ErrorState, messageOf, Skeleton } from '@hearth/widgets';
import { BackLink } from '../../shared/back-link';
import { Field } from '../../shared/field';
import { useForm } from '../../shared/use-form';
import { useExperiments, useFoundExperiment, useReport } from './api';

/** Experiments and what comes of them, for administrators. */
export function ExperimentsPage() {
  const experiments = useExperiments();
  return (
    <main className="column column--wide" id="main">
      <BackLink to="/operations">Operations</BackLink>
      <h1 className="page-title">Experiments</h1>
      <Found />
      {experiments.isPending ? <Skeleton lines={4} label="Loading" /> : null}
      {experiments.isError ? (
        <ErrorState message={messageOf(experiments.error)} onRetry={() => void experiments.refetch()} />
      ) : null}
      {experiments.data?.results.map((one) => (
        <Report key={one.id} id={one.id} name={one.name} outcome={one.outcome} days={one.outcomeDays} />
      ))}
    </main>
  );
}

function Found() {
  const found = useFoundExperiment();
  const form = useForm(async ({ name = '', variants = '' }) => {
    const names = variants
      .split(',')
      .map((variant) => variant.trim())
      .filter(Boolean);
    await found.mutateAsync({ name: name.trim(), variants: names, outcome: 'like' });
  });
  return (
    <form className="h-card form" aria-label="Begin an experiment" onSubmit={form.onSubmit}>
      <Field label="Name" name="name" maxLength={100} required error={form.fields.name ?? form.error ?? undefined} />
      <Field
        label="Variants, with commas; the first is what the others are compared with"
        name="variants"
        required
        defaultValue="as it is, new"
        error={form.fields.variants}
      />
      <div className="form__actions">
        <button type="submit" className="h-button" disabled={form.busy}>
          Begin
        </button>
      </div>
    </form>
  );
}

interface ReportProps {
  id: number;
  name: string;
  outcome: string;
  days: number;
}

function Report({ id, name, outcome, days }: ReportProps) {
  const report = useReport(id).data;
  return (
    <section className="h-card">
      <h2 className="card-title">{name}</h2>
      <p className="h-muted">
        Hoped for: {outcome} within {days} days
      </p>
      <ul className="entries">
        {report?.variants.map((variant) => (
          <li key={variant.variant}>
            <span className="entries__what">
              <span>{variant.variant}</span>
              <span className="h-muted">
                {variant.outcomes} of {variant.people} people · {range(variant.interval)}
                {variant.difference === null || variant.differenceInterval === null
                  ? ''
                  : ` · difference ${percent(variant.difference)} (${range(variant.differenceInterval)})`}
              </span>
            </span>
            <strong className="entries__number">{percent(variant.rate)}</strong>
          </li>
        ))}
      </ul>
      {report?.warning ? <p role="note">{report.warning}</p> : null}
    </section>
  );
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}

function range({ low, high }: { low: number; high: number }): string {
  return `${percent(low)} to ${percent(high)}`;
}
