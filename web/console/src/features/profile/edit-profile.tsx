import { ErrorState, messageOf, Skeleton, type User, useHearth } from '@hearth/widgets';
import { Field } from '../../shared/field';
import { FormError } from '../../shared/form-error';
import { useForm } from '../../shared/use-form';
import { useAccount, useChangeAccount } from './api';

export function EditProfile({ onDone }: { onDone: () => void }) {
  const account = useAccount();
  if (account.isPending) return <Skeleton label="Loading your account" />;
  if (account.isError) return <ErrorState message={messageOf(account.error)} onRetry={() => void account.refetch()} />;
  return <ProfileForm account={account.data} onDone={onDone} />;
}

function ProfileForm({ account, onDone }: { account: User; onDone: () => void }) {
  const { notify } = useHearth();
  const change = useChangeAccount();
  const form = useForm(async (values) => {
    await change.mutateAsync({
      display_name: (values.display_name ?? '').trim(),
      bio: (values.bio ?? '').trim(),
      show_email: values.show_email === 'on',
      is_private: values.is_private === 'on',
    });
    notify('Your profile is saved.');
    onDone();
  });
  return (
    <form className="h-card form" aria-label="Edit profile" onSubmit={form.onSubmit}>
      <Field
        label="Name"
        name="display_name"
        defaultValue={account.display_name}
        required
        error={form.fields.display_name}
      />
      <Field label="About you" name="bio" defaultValue={account.bio} error={form.fields.bio} />
      <label className="check">
        <input type="checkbox" name="show_email" defaultChecked={account.show_email} />
        <span>Show my e-mail address{account.email ? ` (${account.email})` : ''} where an author's is shown</span>
      </label>
      <label className="check">
        <input type="checkbox" name="is_private" defaultChecked={account.is_private} />
        <span>Leave me out of public lists</span>
      </label>
      <FormError>{form.error}</FormError>
      <div className="form__actions">
        <button type="button" className="h-button h-button--quiet" onClick={onDone}>
          Cancel
        </button>
        <button type="submit" className="h-button" disabled={form.busy}>
          Save
        </button>
      </div>
    </form>
  );
}
