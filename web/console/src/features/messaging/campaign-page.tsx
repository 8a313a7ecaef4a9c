import { Bar, ErrorState, messageOf, Skeleton, useHearth } from '@hearth/widgets';
import { useState } from 'react';
import { BackLink } from '../../shared/back-link';
import { Choice } from '../../shared/choice';
import { type CampaignStep, useCampaign, useCampaignStep, useReceipts } from './api';
import { ListState } from './list-state';

const STEPS: Record<string, readonly { step: CampaignStep; label: string }[]> = {
  draft: [
    { step: 'start', label: 'Start' },
    { step: 'cancel', label: 'Cancel' },
  ],
  running: [
    { step: 'pause', label: 'Pause' },
    { step: 'cancel', label: 'Cancel' },
  ],
  paused: [
    { step: 'resume', label: 'Go on' },
    { step: 'cancel', label: 'Cancel' },
  ],
};

const FIGURES = [
  { name: 'recipient_count', label: 'Recipients' },
  { name: 'sent', label: 'Sent' },
  { name: 'delivered', label: 'Delivered' },
  { name: 'read', label: 'Read' },
  { name: 'failed', label: 'Failed' },
  { name: 'uncertain', label: 'Uncertain' },
  { name: 'skipped', label: 'Skipped' },
  { name: 'pending', label: 'Pending' },
] as const;

/** One campaign as it goes: its figures move with the live events. */
export function CampaignPage({ id }: { id: string }) {
  const campaign = useCampaign(id);
  const step = useCampaignStep(id);
  const { notify } = useHearth();
  if (campaign.isPending) return <Skeleton label="Loading the campaign" />;
  if (campaign.isError)
    return <ErrorState message={messageOf(campaign.error)} onRetry={() => void campaign.refetch()} />;
  const one = campaign.data;
  const take = (to: CampaignStep) => step.mutate(to, { onError: (error) => notify(messageOf(error), 'error') });
  const done = one.recipient_count === 0 ? 0 : 1 - one.pending / one.recipient_count;
  return (
    <div className="stack">
      <BackLink to="/messaging/campaigns">Campaigns</BackLink>
      <section className="h-card stack" aria-labelledby="campaign">
        <div className="row row--first">
          <div className="row__main">
            <h2 id="campaign" className="card-title">
              {one.name}
            </h2>
            <span className="h-muted">
              {one.template.name} by {one.channel}, {one.delivery_rate}% delivered
            </span>
          </div>
          <span className="row__side">
            <span className="mark">{one.status}</span>
          </span>
        </div>
        <Bar share={done} />
        <dl className="h-figures" aria-live="polite">
          {FIGURES.map(({ name, label }) => (
            <div key={name} className="h-figures__one">
              <dt className="h-muted">{label}</dt>
              <dd>{one[name]}</dd>
            </div>
          ))}
        </dl>
        <div className="form__actions">
          {(STEPS[one.status] ?? []).map(({ step: to, label }) => (
            <button
              key={to}
              type="button"
              className={to === 'cancel' ? 'h-button h-button--quiet' : 'h-button'}
              disabled={step.isPending}
              onClick={() => take(to)}
            >
              {label}
            </button>
          ))}
          {one.uncertain > 0 ? (
            <button type="button" className="h-button h-button--quiet" onClick={() => take('resend')}>
              Send the uncertain again
            </button>
          ) : null}
        </div>
      </section>
      <Receipts id={id} />
    </div>
  );
}

const SHOWN = [
  { value: '', label: 'All' },
  { value: 'failed', label: 'Failed' },
  { value: 'uncertain', label: 'Uncertain' },
] as const;

function Receipts({ id }: { id: string }) {
  const [status, setStatus] = useState<(typeof SHOWN)[number]['value']>('');
  const list = useReceipts(id, status);
  return (
    <section className="h-card" aria-label="Receipts">
      <Choice label="Receipts" options={SHOWN} value={status} onChange={setStatus} />
      <ListState list={list} loading="Loading receipts" empty="None">
        <ul className="rows">
          {list.data?.pages
            .flatMap((page) => page.results)
            .map((one) => (
              <li key={one.message_id} className="row">
                <span className="row__main">
                  <span>{one.contact.name}</span>
                  {one.reason ? <span className="h-muted">{one.reason}</span> : null}
                </span>
                <span className="row__side mark">{one.status}</span>
              </li>
            ))}
        </ul>
      </ListState>
    </section>
  );
}
