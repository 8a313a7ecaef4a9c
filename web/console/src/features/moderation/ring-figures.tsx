import { Link } from '@tanstack/react-router';
import type { useQueue } from './api';

type Ring = NonNullable<NonNullable<ReturnType<typeof useQueue>['data']>['pages'][number]['results'][number]['ring']>;

/** Who reacts to each other, and the figures that say that it is more than liking. */
export function RingFigures({ ring }: { ring: Ring }) {
  return (
    <div className="stack">
      <dl className="ring">
        <Figure name="To each other" value={`${ring.inside} of ${ring.given} (${percent(ring.share)})`} />
        <Figure name="By everybody else’s taste" value={percent(ring.expected)} />
        <Figure name="Times as much" value={`${ring.lift}×`} />
        <Figure name="Answered" value={percent(ring.reciprocity)} />
        <Figure name="Pairs tied" value={percent(ring.density)} />
      </dl>
      <div className="ring__scroll">
        <table className="ring__members">
          <thead>
            <tr>
              <th scope="col">Member</th>
              <th scope="col">Gave the ring</th>
              <th scope="col">Gave in all</th>
              <th scope="col">Got from the ring</th>
              <th scope="col">Got in all</th>
            </tr>
          </thead>
          <tbody>
            {ring.members.map(({ person, ...one }) => (
              <tr key={person.id}>
                <th scope="row">
                  <Link to="/people/$id" params={{ id: person.id }}>
                    @{person.username}
                  </Link>
                </th>
                <td>{one.inside_given}</td>
                <td>{one.given}</td>
                <td>{one.inside_received}</td>
                <td>{one.received}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {ring.void_id ? (
        <p className="h-muted">Their reactions to each other are taken back by void {ring.void_id}.</p>
      ) : null}
    </div>
  );
}

function Figure({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}

function percent(share: number): string {
  return `${Math.round(share * 1000) / 10} %`;
}
