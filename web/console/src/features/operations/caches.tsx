import { ErrorState, messageOf, plural, Skeleton, shortNumber, useHearth } from '@hearth/widgets';
import { useCaches, useClearCaches, useSockets } from './api';
import { interval, size } from './words';

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
          {plural(sockets.sockets, 'socket')} of {plural(sockets.online, 'person', 'people')} on{' '}
          {plural(sockets.nodes.length, 'node')}.
        </p>
      ) : null}
      <div className="figures figures--stacked">
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
                <td data-name="Entries">{shortNumber(cache.entries)}</td>
                <td data-name="Size">{size(cache.bytes)}</td>
                <td data-name="Hits">
                  {cache.hit_rate === null ? 'not asked yet' : `${Math.round(cache.hit_rate * 100)} %`}
                </td>
                <td data-name="At most">
                  {cache.lifetime_seconds === null ? 'until it changes' : interval(cache.lifetime_seconds)}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}
