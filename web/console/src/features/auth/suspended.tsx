import { messageOf, Skeleton, TimeAgo } from '@hearth/widgets';
import { useMutation, useQuery } from '@tanstack/react-query';
import { FormError } from '../../shared/form-error';
import { useForm } from '../../shared/use-form';
import { callSuspension, callSuspensionAppeal } from './api';
import { AuthPage } from './auth-page';

/** What somebody sees whose account a moderator suspended: why, and the way to question it. */
export function Suspended({ token, onBack }: { token: string; onBack: () => void }) {
  const decision = useQuery({ queryKey: ['suspension', token], queryFn: () => callSuspension(token), retry: false });
  return (
    <AuthPage title="Your account is suspended" intro="A moderator took it out of use. You may appeal once.">
      {decision.isPending ? <Skeleton lines={2} label="Loading the decision" /> : null}
      {decision.isError ? <p className="h-field-error">{messageOf(decision.error)}</p> : null}
      {decision.data ? (
        <>
          <p>
            For {decision.data.reason.replace('_', ' ')}, <TimeAgo at={decision.data.decided_at} />
            {decision.data.note ? `: “${decision.data.note}”` : '.'}
          </p>
          {decision.data.can_appeal ? (
            <Appeal token={token} />
          ) : (
            <p className="h-muted">You have appealed; it is decided by another moderator.</p>
          )}
        </>
      ) : null}
      <p className="auth__other">
        <button type="button" className="h-link" onClick={onBack}>
          Back to signing in
        </button>
      </p>
    </AuthPage>
  );
}

function Appeal({ token }: { token: string }) {
  const appeal = useMutation({ mutationFn: (text: string) => callSuspensionAppeal(token, text) });
  const form = useForm(async ({ text = '' }) => {
    await appeal.mutateAsync(text);
  });
  if (appeal.isSuccess) return <p role="status">Your appeal is sent. Another moderator will look at it.</p>;
  return (
    <form className="form" aria-label="Appeal" onSubmit={form.onSubmit}>
      <label className="field">
        <span>What speaks against it</span>
        <textarea name="text" required maxLength={2000} rows={5} />
      </label>
      <FormError>{form.error ?? form.fields.text}</FormError>
      <button type="submit" className="h-button" disabled={form.busy}>
        Send appeal
      </button>
    </form>
  );
}
