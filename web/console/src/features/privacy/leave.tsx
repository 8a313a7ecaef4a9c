import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { session } from '../../app/session';
import { Field } from '../../shared/field';
import { FormError } from '../../shared/form-error';
import { useForm } from '../../shared/use-form';
import { type ErasureMode, useErase } from './api';

/** The way out, behind a password and a second thought. */
export function Leave() {
  const [open, setOpen] = useState(false);
  return (
    <section className="h-card stack" aria-labelledby="leave">
      <h2 id="leave" className="card-title">
        Delete your account
      </h2>
      <p className="h-muted">For good: nobody can bring it back. You may want to download your data first.</p>
      {open ? (
        <LeaveForm onCancel={() => setOpen(false)} />
      ) : (
        <div>
          <button type="button" className="h-button h-button--danger" onClick={() => setOpen(true)}>
            Delete my account…
          </button>
        </div>
      )}
    </section>
  );
}

function LeaveForm({ onCancel }: { onCancel: () => void }) {
  const navigate = useNavigate();
  const erase = useErase();
  const form = useForm(async (values) => {
    await erase.mutateAsync({ password: values.password ?? '', mode: (values.mode ?? 'anonymise') as ErasureMode });
    // The server has ended the session already.
    await session.logout();
    await navigate({ to: '/login' });
  });
  return (
    <form className="form" aria-label="Delete your account" onSubmit={form.onSubmit}>
      <fieldset className="stack plain">
        <legend className="h-visually-hidden">What happens to what you wrote</legend>
        <label className="check">
          <input type="radio" name="mode" value="anonymise" defaultChecked />
          <span>Keep my posts and comments, under the name “Deleted user”</span>
        </label>
        <label className="check">
          <input type="radio" name="mode" value="remove" />
          <span>Delete everything I wrote and uploaded, too</span>
        </label>
      </fieldset>
      <Field
        label="Your password"
        name="password"
        type="password"
        autoComplete="current-password"
        required
        error={form.fields.password}
      />
      <FormError>{form.error}</FormError>
      <div className="form__actions">
        <button type="button" className="h-button h-button--quiet" onClick={onCancel}>
          Stay
        </button>
        <button type="submit" className="h-button h-button--danger" disabled={form.busy}>
          {form.busy ? 'Deleting…' : 'Delete for good'}
        </button>
      </div>
    </form>
  );
}
