import { ErrorState, messageOf, Skeleton } from '@hearth/widgets';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { callVerifyEmail } from './api';
import { AuthPage } from './auth-page';

export function VerifyEmailPage({ token }: { token: string }) {
  const verified = useQuery({
    queryKey: ['verify-email', token],
    queryFn: async () => {
      await callVerifyEmail(token);
      return true;
    },
    retry: false,
    staleTime: Number.POSITIVE_INFINITY,
  });
  return (
    <AuthPage title="Your address" intro="One moment while the link is looked at.">
      {verified.isPending ? <Skeleton lines={1} /> : null}
      {verified.isError ? <ErrorState message={messageOf(verified.error)} /> : null}
      {verified.isSuccess ? <p role="status">Your address is confirmed.</p> : null}
      <p className="auth__other">
        <Link to="/">Go to the community</Link>
      </p>
    </AuthPage>
  );
}
