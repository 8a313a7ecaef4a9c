import { messageOf, ok, useHearth } from '@hearth/widgets';
import { useMutation } from '@tanstack/react-query';
import { useAccount } from '../profile/api';

/** Tells who has not confirmed their address that mails end soon, and mails the link once more. */
export function Unconfirmed() {
  const { hearth, notify } = useHearth();
  const account = useAccount();
  const resend = useMutation({
    mutationFn: () => ok(hearth.http.api.POST('/api/auth/verify-email/resend/')),
    onSuccess: () => notify('A mail with a link is on its way.'),
    onError: (error) => notify(messageOf(error), 'error'),
  });
  if (!account.data?.email || account.data.email_verified) return null;
  return (
    <div className="note stack" role="note">
      <p>
        Nobody has confirmed yet that {account.data.email} is yours. Until then only a few mails go there; the link to
        confirm it is in the first.
      </p>
      <button
        type="button"
        className="h-button h-button--quiet h-button--sm"
        disabled={resend.isPending || resend.isSuccess}
        onClick={() => resend.mutate()}
      >
        Mail me the link again
      </button>
    </div>
  );
}
