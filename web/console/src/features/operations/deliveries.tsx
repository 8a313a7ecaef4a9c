import { ErrorState, messageOf, Skeleton, TimeAgo, useHearth } from '@hearth/widgets';
import { useState } from 'react';
import { Choice } from '../../shared/choice';
import { DELIVERY_STATES, type DeliveryState, useDeliveries, useRetry } from './api';

const STATES = DELIVERY_STATES.map((value) => ({ value, label: value === 'dead' ? 'Given up' : capital(value) }));
const RETRIED: readonly string[] = ['dead', 'pending'];

/** Mails, pushes and calls that leave the server. */
export function Deliveries() {
  const { notify } = useHearth();
  const [state, setState] = useState<DeliveryState>('dead');
  const deliveries = useDeliveries(state);
  const retry = useRetry();
  const again = (id: number) => retry.mutate(id, { onError: (error) => notify(messageOf(error), 'error') });
  return (
    <section className="h-card" aria-labelledby="deliveries">
      <h2 id="deliveries" className="card-title">
        Deliveries
      </h2>
      <Choice label="State" options={STATES} value={state} onChange={setState} />
      {deliveries.isPending ? <Skeleton lines={3} label="Loading deliveries" /> : null}
      {deliveries.isError ? (
        <ErrorState message={messageOf(deliveries.error)} onRetry={() => void deliveries.refetch()} />
      ) : null}
      {deliveries.data?.results.length === 0 ? <p className="h-muted">None.</p> : null}
      <ul className="deliveries">
        {deliveries.data?.results.map((one) => (
          <li key={one.id}>
            <span className="deliveries__what">
              <span>{one.channel}</span>
              <span className="h-muted">
                {one.attempts} tried · <TimeAgo at={one.sent_at ?? one.created_at} />
              </span>
              {one.last_error ? <span className="h-field-error">{one.last_error}</span> : null}
            </span>
            {RETRIED.includes(one.state) ? (
              <button type="button" className="h-button h-button--quiet h-button--sm" onClick={() => again(one.id)}>
                Try again
              </button>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
