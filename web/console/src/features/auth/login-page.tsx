import { ApiError } from '@hearth/widgets';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { session } from '../../app/session';
import { Field } from '../../shared/field';
import { FormError } from '../../shared/form-error';
import { useForm } from '../../shared/use-form';
import { AuthPage } from './auth-page';
import { DemoHint } from './demo-hint';
import { Suspended } from './suspended';

export function LoginPage() {
  const navigate = useNavigate();
  const [appealToken, setAppealToken] = useState<string | null>(null);
  const enter = async (name: string, password: string) => {
    try {
      await session.login(name, password);
    } catch (error) {
      const token = error instanceof ApiError ? error.more.appeal_token : undefined;
      if (token === undefined) throw error;
      setAppealToken(token);
      return;
    }
    await navigate({ to: '/' });
  };
  const form = useForm(({ name = '', password = '' }) => enter(name.trim(), password));
  if (appealToken !== null) return <Suspended token={appealToken} onBack={() => setAppealToken(null)} />;
  return (
    <AuthPage title="Welcome back" intro="Sign in to sit down with the others.">
      <form className="form" onSubmit={form.onSubmit}>
        <Field
          label="Username or e-mail"
          name="name"
          autoComplete="username"
          autoCapitalize="none"
          required
          error={form.fields.username ?? form.fields.email}
        />
        <Field
          label="Password"
          name="password"
          type="password"
          autoComplete="current-password"
          required
          error={form.fields.password}
        />
        <FormError>{form.error}</FormError>
        <button type="submit" className="h-button" disabled={form.busy}>
          Sign in
        </button>
      </form>
      <DemoHint onChoose={(username, password) => void enter(username, password)} />
      <p className="auth__other">
        New here? <Link to="/register">Create an account</Link>
      </p>
      <p className="auth__other">
        <Link to="/forgot-password">Forgot your password?</Link>
      </p>
    </AuthPage>
  );
}
