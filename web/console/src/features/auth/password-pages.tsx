import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Field } from '../../shared/field';
import { useForm } from '../../shared/use-form';
import { callPasswordReset, callPasswordResetConfirm } from './api';
import { AuthPage } from './auth-page';

export function ForgotPasswordPage() {
  const [sent, setSent] = useState(false);
  const form = useForm(async ({ email = '' }) => {
    await callPasswordReset(email.trim());
    setSent(true);
  });
  return (
    <AuthPage title="Forgot your password?" intro="We send a link with which you choose a new one.">
      {sent ? (
        <p role="status">If somebody here has that address, a letter is on its way.</p>
      ) : (
        <form className="form" onSubmit={form.onSubmit}>
          <Field
            label="E-mail"
            name="email"
            type="email"
            autoComplete="email"
            required
            error={form.fields.email ?? form.error ?? undefined}
          />
          <button type="submit" className="h-button" disabled={form.busy}>
            Send the link
          </button>
        </form>
      )}
      <p className="auth__other">
        <Link to="/login">Back to sign in</Link>
      </p>
    </AuthPage>
  );
}

export function ResetPasswordPage({ token }: { token: string }) {
  const [done, setDone] = useState(false);
  const form = useForm(async ({ password = '' }) => {
    await callPasswordResetConfirm(token, password);
    setDone(true);
  });
  return (
    <AuthPage title="Choose a new password" intro="You are signed out everywhere else.">
      {done ? (
        <p role="status">
          Done. <Link to="/login">Sign in with it.</Link>
        </p>
      ) : (
        <form className="form" onSubmit={form.onSubmit}>
          <Field
            label="New password"
            name="password"
            type="password"
            autoComplete="new-password"
            minLength={8}
            required
            error={form.fields.password ?? form.fields.token ?? form.error ?? undefined}
          />
          <button type="submit" className="h-button" disabled={form.busy}>
            Set password
          </button>
        </form>
      )}
    </AuthPage>
  );
}
