import { Link, useNavigate } from '@tanstack/react-router';
import { session } from '../../app/session';
import { Field } from '../../shared/field';
import { useForm } from '../../shared/use-form';
import { AuthPage } from './auth-page';

export function LoginPage() {
  const navigate = useNavigate();
  const form = useForm(async ({ name = '', password = '' }) => {
    await session.login(name.trim(), password);
    await navigate({ to: '/' });
  });
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
        {form.error ? (
          <p className="h-field-error" role="alert">
            {form.error}
          </p>
        ) : null}
        <button type="submit" className="h-button" disabled={form.busy}>
          Sign in
        </button>
      </form>
      <p className="auth__other">
        New here? <Link to="/register">Create an account</Link>
      </p>
      <p className="auth__other">
        <Link to="/forgot-password">Forgot your password?</Link>
      </p>
    </AuthPage>
  );
}
