import { ErrorState, messageOf, Skeleton, shortNumber, TimeAgo, useHearth } from '@hearth/widgets';
import { useLedger, useRebuild } from './api';

/** Positions are hexadecimal; people count in tens. */
const place = (position: string) => Number.parseInt(position, 16).toLocaleString();
const megabytes = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(1)} MB`;

export function Ledger() {
  const { notify } = useHearth();
  const ledger = useLedger();
  const rebuild = useRebuild();
  if (ledger.isPending) return <Skeleton lines={5} label="Loading the ledger" />;
  if (ledger.isError) return <ErrorState message={messageOf(ledger.error)} onRetry={() => void ledger.refetch()} />;
  const { position, horizon, rows_per_second, oldest_writer_seconds, projections, partitions } = ledger.data;
  const start = (name: string) => rebuild.mutate(name, { onError: (error) => notify(messageOf(error), 'error') });
  return (
    <section className="h-card" aria-labelledby="ledger">
      <h2 id="ledger" className="card-title">
        Ledger
      </h2>
      <dl className="facts">
        <div>
          <dt>Position</dt>
          <dd>{place(position)}</dd>
        </div>
        <div>
          <dt>Visible up to</dt>
          <dd>{place(horizon)}</dd>
        </div>
        <div>
          <dt>Rows a second</dt>
          <dd>{rows_per_second.toFixed(1)}</dd>
        </div>
        <div>
          <dt>Oldest writer</dt>
          <dd>{oldest_writer_seconds === null ? 'none' : `${oldest_writer_seconds.toFixed(1)} s`}</dd>
        </div>
      </dl>
      <div className="figures">
        <table>
          <thead>
            <tr>
              {['Projection', 'Lag', 'Rows', 'Updated', 'Rebuild'].map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {projections.map((one) => (
              <tr key={one.name}>
                <th scope="row">{one.name}</th>
                <td>{shortNumber(one.lag)}</td>
                <td>{shortNumber(one.rows)}</td>
                <td>
                  <TimeAgo at={one.updated_at} />
                </td>
                <td>
                  {one.rebuild ? <span className="h-muted">{rebuildWords(one.rebuild)} </span> : null}
                  <button
                    type="button"
                    className="h-link"
                    aria-label={`Rebuild ${one.name}`}
                    disabled={one.rebuild?.state === 'running'}
                    onClick={() => start(one.name)}
                  >
                    Rebuild
                  </button>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <div className="figures">
        <table>
          <thead>
            <tr>
              {['Partition', 'Month', 'Rows, about', 'Size'].map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {partitions.map((one) => (
              <tr key={one.name}>
                <th scope="row">{one.name}</th>
                <td>{one.month?.slice(0, 7) ?? ''}</td>
                <td>{shortNumber(one.rows)}</td>
                <td>{megabytes(one.bytes)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function rebuildWords(rebuild: { state: string; rows: number | null; error: string | null }): string {
  if (rebuild.state === 'running') return 'running';
  return rebuild.state === 'done' ? `done, ${shortNumber(rebuild.rows ?? 0)} rows` : (rebuild.error ?? 'failed');
}
