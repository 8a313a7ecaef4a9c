import { messageOf, plural, TimeAgo, useHearth } from '@hearth/widgets';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { FormError } from '../../shared/form-error';
import { useForm } from '../../shared/use-form';
import { type Decision, useClaim, useDecide, useHistory, type useQueue } from './api';
import { reasonsOf, remarkOf, sourceOf } from './reasons';
import { RingFigures } from './ring-figures';

type Item = NonNullable<ReturnType<typeof useQueue>['data']>['pages'][number]['results'][number];

const ACTIONS: readonly { value: Decision; label: string }[] = [
  { value: 'dismiss', label: 'Dismiss: nothing is wrong' },
  { value: 'warn', label: 'Warn its author' },
  { value: 'hide', label: 'Hide it' },
  { value: 'remove', label: 'Remove it' },
  { value: 'suspend', label: 'Suspend its author' },
];

const RING_ACTIONS: readonly { value: Decision; label: string }[] = [
  { value: 'dismiss', label: 'Dismiss: nothing is wrong' },
  { value: 'warn', label: 'Warn its members' },
  { value: 'void', label: 'Take back their reactions to each other' },
  { value: 'suspend', label: 'Take them back, and suspend its members' },
];

function actionsFor(type: string) {
  if (type === 'ring') return RING_ACTIONS;
  return type === 'user' ? ACTIONS.filter(({ value }) => value !== 'hide' && value !== 'remove') : ACTIONS;
}

/** One thing that people or rules reported: what it says, why, and what to do about it. */
export function ReportCard({ item }: { item: Item }) {
  const { me, notify } = useHearth();
  const claim = useClaim(item.id);
  const [shows, setShows] = useState(false);
  const isMine = item.claimed_by?.id === me?.id;
  const remark = remarkOf(item);
  const isOpen = item.status !== 'resolved';
  const take = (mine: boolean) => claim.mutate(mine, { onError: (error) => notify(messageOf(error), 'error') });
  return (
    <article className="h-card stack report" aria-label={`Report of a ${item.content_type}`}>
      <header className="report__head">
        <strong>{reasonsOf(item)}</strong>
        <span
          className="report__priority"
          title="From 1 to 100: by severity, how many report it, and how often they were right"
        >
          Priority {item.priority}
        </span>
      </header>
      {item.ring ? (
        <RingFigures ring={item.ring} />
      ) : (
        <blockquote className="report__text">{item.content.text ?? 'It is gone.'}</blockquote>
      )}
      <p className="h-muted">
        {item.ring ? null : (
          <>
            {item.content_type} by{' '}
            {item.content.author ? (
              <Link to="/people/$id" params={{ id: item.content.author.id }}>
                @{item.content.author.username}
              </Link>
            ) : (
              'nobody'
            )}{' '}
            ·{' '}
          </>
        )}
        {sourceOf(item, plural(item.reports, 'report'))} · <TimeAgo at={item.created_at} />
        {item.content.is_hidden ? ' · hidden' : ''}
        {scores(item)}
      </p>
      {remark ? <p>{item.source === 'people' ? `“${remark}”` : remark}</p> : null}
      {item.appeal ? (
        <p className="report__appeal">
          <strong>Appeal:</strong> {item.appeal}
        </p>
      ) : null}
      {item.action ? (
        <p>
          Decided: {item.action}
          {item.note ? ` (${item.note})` : ''}
        </p>
      ) : null}
      <div className="report__tools">
        {isOpen && item.claimed_by === null ? (
          <button type="button" className="h-button h-button--sm" onClick={() => take(true)}>
            Claim
          </button>
        ) : null}
        {isOpen && isMine ? (
          <button type="button" className="h-button h-button--quiet h-button--sm" onClick={() => take(false)}>
            Give back
          </button>
        ) : null}
        {item.claimed_by && !isMine ? <span className="h-muted">@{item.claimed_by.username} looks at it</span> : null}
        <button type="button" className="h-link" aria-expanded={shows} onClick={() => setShows(!shows)}>
          {shows ? 'Hide history' : 'History'}
        </button>
      </div>
      {shows ? <History id={item.id} /> : null}
      {isOpen && isMine ? <DecisionForm item={item} /> : null}
    </article>
  );
}

function scores({ content: { scores: found } }: Item): string {
  if (!found?.is_sure) return '';
  const worst = found.spam >= found.offensive ? ['spam', found.spam] : ['offensive', found.offensive];
  return ` · ${Math.round(Number(worst[1]) * 100)} % ${worst[0]}`;
}

function History({ id }: { id: string }) {
  const history = useHistory(id, true);
  if (history.isPending) return <p className="h-muted">Loading…</p>;
  if (history.isError) return <p className="h-field-error">{messageOf(history.error)}</p>;
  if (history.data.actions.length === 0) return <p className="h-muted">Nothing was done yet.</p>;
  return (
    <ol className="report__history">
      {history.data.actions.map((one) => (
        <li key={`${one.at}${one.action}`}>
          {one.action} by {one.by ? `@${one.by.username}` : 'nobody'}, <TimeAgo at={one.at} />
          {one.note ? `: ${one.note}` : ''}
        </li>
      ))}
    </ol>
  );
}

function DecisionForm({ item }: { item: Item }) {
  const { notify } = useHearth();
  const decide = useDecide(item.id);
  const form = useForm(async (values) => {
    await decide.mutateAsync({ action: (values.action ?? 'dismiss') as Decision, note: values.note?.trim() || null });
    notify('Decided.');
  });
  const actions = actionsFor(item.content_type);
  return (
    <form className="form" aria-label="Decide" onSubmit={form.onSubmit}>
      <label className="field">
        <span>Decision</span>
        <select name="action">
          {actions.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </label>
      <label className="field">
        <span>{item.ring ? 'Note to the members' : 'Note to the author'}</span>
        <textarea name="note" rows={2} maxLength={2000} />
      </label>
      <FormError>{form.error ?? form.fields.action}</FormError>
      <div className="form__actions">
        <button type="submit" className="h-button" disabled={form.busy}>
          Decide
        </button>
      </div>
    </form>
  );
}
