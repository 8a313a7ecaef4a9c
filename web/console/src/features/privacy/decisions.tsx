import { messageOf, TimeAgo, useHearth } from '@hearth/widgets';
import { useState } from 'react';
import { useForm } from '../../shared/use-form';
import { useAppeal, useMyDecisions } from './api';

const DONE: Record<string, string> = {
  warn: 'A warning about your',
  hide: 'Hidden: your',
  remove: 'Removed: your',
  suspend: 'Suspended, for your',
  void: 'Reactions taken back, for your',
};

/** What moderators decided about one's own things, and the way to question it; nothing where there is nothing. */
export function Decisions() {
  const decisions = useMyDecisions();
  if (!decisions.data?.results.length) return null;
  return (
    <section className="h-card stack" aria-labelledby="decisions">
      <h2 id="decisions" className="card-title">
        Decisions about you
      </h2>
      <ul className="deliveries">
        {decisions.data.results.map((one) => (
          <li key={one.id}>
            <span className="deliveries__what">
              <span>
                {DONE[one.action] ?? one.action} {one.content_type} ({one.reason.replace('_', ' ')})
              </span>
              {one.note ? <span>{one.note}</span> : null}
              <span className="h-muted">
                <TimeAgo at={one.decided_at} />
              </span>
              {one.can_appeal ? <Appeal id={one.id} /> : null}
            </span>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Appeal({ id }: { id: string }) {
  const { notify } = useHearth();
  const [open, setOpen] = useState(false);
  const appeal = useAppeal();
  const form = useForm(async (values) => {
    await appeal.mutateAsync({ id, text: values.text ?? '' });
    notify('Another moderator will look at it.');
  });
  if (!open)
    return (
      <button type="button" className="h-link" onClick={() => setOpen(true)}>
        Appeal
      </button>
    );
  return (
    <form className="stack" aria-label="Appeal" onSubmit={form.onSubmit}>
      <textarea name="text" aria-label="What speaks against it" required maxLength={2000} rows={3} />
      {form.error ? <span className="h-field-error">{form.error}</span> : null}
      {appeal.isError && !form.error ? <span className="h-field-error">{messageOf(appeal.error)}</span> : null}
      <div>
        <button type="submit" className="h-button h-button--sm" disabled={form.busy}>
          Send appeal
        </button>
      </div>
    </form>
  );
}
