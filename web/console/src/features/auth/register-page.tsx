import { Link, useNavigate } from '@tanstack/react-router';
import { session } from '../../app/session';
import { Field } from '../../shared/field';
import { FormError } from '../../shared/form-error';
import { useForm } from '../../shared/use-form';
import { AuthPage } from './auth-page';

export function RegisterPage() {
  const navigate = useNavigate();
  const form = useForm(async ({ username = '', email = '', password = '', display_name = '' }) => {
    const named = display_name.trim() === '' ? {} : { display_name: display_name.trim() };
    await session.register({ username: username.trim(), email: email.trim(), password, ...named });
    await navigate({ to: '/' });
  });
  return (
    <AuthPage title="Come in" intro="An account takes a minute.">
      <form className="form" onSubmit={form.onSubmit}>
        <Field
          label="Username"
          name="username"
          autoComplete="username"
          autoCapitalize="none"
          required
          hint="Others mention you by it: @username."
          error={form.fields.username}
        />
        <Field label="Your name (optional)" name="display_name" autoComplete="name" error={form.fields.display_name} />
        <Field label="E-mail" name="email" type="email" autoComplete="email" required error={form.fields.email} />
        <Field
          label="Password"
          name="password"
          type="password"
          autoComplete="new-password"
          minLength={8}
          required
          hint="At least 8 characters."
          error={form.fields.password}
        />
        <FormError>{form.error}</FormError>
        <button type="submit" className="h-button" disabled={form.busy}>
          Create account
        </button>
      </form>
      <p className="auth__other">
        Already one of us? <Link to="/login">Sign in</Link>
      </p>
    </AuthPage>
  );
}
