import { ErrorState, messageOf, Skeleton, shortNumber, useHearth } from '@hearth/widgets';
import { useCaches, useClearCaches, useSockets } from './api';

/** The open sockets of all nodes, and the caches of the node that answers. */
export function Caches() {
  const { notify } = useHearth();
  const caches = useCaches();
  const sockets = useSockets().data;
  const clear = useClearCaches();
  if (caches.isPending) return <Skeleton lines={5} label="Loading the caches" />;
  if (caches.isError) return <ErrorState message={messageOf(caches.error)} onRetry={() => void caches.refetch()} />;
  const clearAll = () =>
    clear.mutate(undefined, {
      onSuccess: () => notify('Cleared on every node.'),
      onError: (error) => notify(messageOf(error), 'error'),
    });
  return (
    <section className="h-card" aria-labelledby="caches">
      <div className="title-row">
        <h2 id="caches" className="card-title">
          Sockets and caches
        </h2>
        <button
          type="button"
          className="h-button h-button--quiet h-button--sm"
          disabled={clear.isPending}
          onClick={clearAll}
        >
          Clear caches
        </button>
      </div>
      {sockets ? (
        <p className="h-muted">
          {shortNumber(sockets.sockets)} sockets of {shortNumber(sockets.online)} people on {sockets.nodes.length}{' '}
          nodes.
        </p>
      ) : null}
      <div className="figures">
        <table>
          <thead>
            <tr>
              {['Cache', 'Entries', 'Size', 'Hits', 'At most'].map((name) => (
                <th key={name} scope="col">
                  {name}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {caches.data.caches.map((cache) => (
              <tr key={cache.name}>
                <th scope="row">{cache.name}</th>
                <td>{shortNumber(cache.entries)}</td>
                <td>{`${shortNumber(Math.round(cache.bytes / 1024))} KB`}</td>
                <td>{cache.hit_rate === null ? '' : `${Math.round(cache.hit_rate * 100)} %`}</td>
                <td>{cache.lifetime_seconds === null ? 'until it changes' : `${cache.lifetime_seconds} s`}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
