import { messageOf, plural, useHearth } from '@hearth/widgets';
import { Field } from '../../shared/field';
import { FormError } from '../../shared/form-error';
import { useForm } from '../../shared/use-form';
import { useRestore, useVoid } from './api';

/** Makes what a person did count no more: everything settles as if it had not been. */
export function VoidForm() {
  const { notify } = useHearth();
  const make = useVoid();
  const restore = useRestore();
  const form = useForm(async (values) => {
    restore.reset();
    await make.mutateAsync({
      user: (values.user ?? '').trim(),
      reason: values.reason ?? '',
      confirm: values.confirm === 'on',
    });
  });
  const undo = (id: number) => restore.mutate(id, { onError: (error) => notify(messageOf(error), 'error') });
  return (
    <form className="h-card form" aria-label="Void" onSubmit={form.onSubmit}>
      <h2 className="card-title">Make it count no more</h2>
      <p className="h-muted">
        Reactions, views, follows and points of this person: as if they had not been. It can be restored.
      </p>
      <Field
        label="Person"
        name="user"
        hint="Their id, as in the address of their page."
        required
        error={form.fields.user}
      />
      <Field label="Reason" name="reason" required maxLength={500} error={form.fields.reason} />
      <label className="check">
        <input type="checkbox" name="confirm" />
        <span>Even if it is more than 10,000 rows</span>
      </label>
      <FormError>{form.error ?? form.fields.confirm}</FormError>
      {make.data ? (
        <p role="status">
          {restore.data
            ? `${plural(restore.data.rows, 'row')} restored.`
            : `Void ${make.data.id}: ${plural(make.data.rows, 'row')} count no more.`}{' '}
          {restore.data ? null : (
            <button type="button" className="h-link" disabled={restore.isPending} onClick={() => undo(make.data.id)}>
              Restore
            </button>
          )}
        </p>
      ) : null}
      <div className="form__actions">
        <button type="submit" className="h-button" disabled={form.busy}>
          Void
        </button>
      </div>
    </form>
  );
}
