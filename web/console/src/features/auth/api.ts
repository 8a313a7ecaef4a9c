import { Http, ok, type User } from '@hearth/widgets';

export interface AuthAnswer {
  user: User;
  access: string;
  refresh: string;
}

export interface Registration {
  username: string;
  email: string;
  password: string;
  display_name?: string;
}

/** These calls are how one gets a token: they send none. */
const anonymous = new Http('', () => null);

/** An address has an @, a username has none. */
export function callLogin(name: string, password: string): Promise<AuthAnswer> {
  const who = name.includes('@') ? { email: name } : { username: name };
  return ok(anonymous.api.POST('/api/auth/login/', { body: { ...who, password } }));
}

export function callDemo(): Promise<{ password: string | null; people: { username: string; role: string }[] }> {
  return ok(anonymous.api.GET('/api/operations/demo'));
}

export function callRegister(body: Registration): Promise<AuthAnswer> {
  return ok(anonymous.api.POST('/api/auth/register/', { body }));
}

export function callRefresh(refresh: string): Promise<{ access: string; refresh: string }> {
  return ok(anonymous.api.POST('/api/auth/refresh/', { body: { refresh } }));
}

export function callLogout(refresh: string, access: string): Promise<unknown> {
  return ok(new Http('', () => access).api.POST('/api/auth/logout/', { body: { refresh, everywhere: false } }));
}

export function callPasswordReset(email: string): Promise<unknown> {
  return ok(anonymous.api.POST('/api/auth/password-reset/', { body: { email } }));
}

export function callPasswordResetConfirm(token: string, password: string): Promise<unknown> {
  return ok(anonymous.api.POST('/api/auth/password-reset/confirm/', { body: { token, password } }));
}

export function callVerifyEmail(token: string): Promise<unknown> {
  return ok(anonymous.api.POST('/api/auth/verify-email/', { body: { token } }));
}

/** Why an account is suspended, for whoever has the token of a refused sign-in. */
export function callSuspension(token: string) {
  return ok(anonymous.api.POST('/api/v1/moderation/suspension', { body: { token } }));
}

export function callSuspensionAppeal(token: string, text: string) {
  return ok(anonymous.api.POST('/api/v1/moderation/suspension/appeal', { body: { token, text } }));
}
