import { ErrorState, messageOf, plural, Skeleton, shortNumber, TimeAgo } from '@hearth/widgets';
import { useDrift } from './api';

/** What the checks found: every counter and projection, recomputed from its source. */
export function Drift() {
  const drift = useDrift();
  if (drift.isPending) return <Skeleton lines={5} label="Loading the checks" />;
  if (drift.isError) return <ErrorState message={messageOf(drift.error)} onRetry={() => void drift.refetch()} />;
  const { differences, checks } = drift.data;
  return (
    <section className="h-card" aria-labelledby="drift">
      <h2 id="drift" className="card-title">
        Checks
      </h2>
      <p className={differences === 0 ? 'verdict' : 'verdict verdict--bad'}>{verdict(differences, checks)}</p>
      <div className="figures">
        <table>
          <thead>
            <tr>
              {['Check', 'Rows', 'Differences', 'When'].map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {checks.map((check) => (
              <tr key={check.name}>
                <th scope="row">
                  {check.name}
                  {check.examples.map((example) => (
                    <span key={example} className="h-field-error">
                      {example}
                    </span>
                  ))}
                </th>
                <td>{check.rows === null ? '' : shortNumber(check.rows)}</td>
                <td>{check.differences ?? ''}</td>
                <td>{check.checked_at === null ? 'not yet' : <TimeAgo at={check.checked_at} />}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function verdict(differences: number, checks: readonly { checked_at: string | null }[]): string {
  if (differences > 0) return `${plural(differences, 'difference')} found.`;
  const made = checks.filter((check) => check.checked_at !== null).length;
  if (made === 0) return 'No check was made yet: they are made one after the other while the server runs.';
  return made === checks.length
    ? 'Everything agrees with its source.'
    : `What was checked (${made} of ${checks.length}) agrees with its source.`;
}
