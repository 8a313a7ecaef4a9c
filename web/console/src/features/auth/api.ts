import { Http, type User } from '@hearth/widgets';

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
  return anonymous.post('/api/auth/login', { ...who, password });
}

export function callRegister(registration: Registration): Promise<AuthAnswer> {
  return anonymous.post('/api/auth/register', registration);
}

export function callRefresh(refresh: string): Promise<{ access: string; refresh: string }> {
  return anonymous.post('/api/auth/refresh', { refresh });
}

export function callLogout(refresh: string, access: string): Promise<void> {
  return new Http('', () => access).post('/api/auth/logout', { refresh });
}

export function callPasswordReset(email: string): Promise<void> {
  return anonymous.post('/api/auth/password-reset', { email });
}

export function callPasswordResetConfirm(token: string, password: string): Promise<void> {
  return anonymous.post('/api/auth/password-reset/confirm', { token, password });
}

export function callVerifyEmail(token: string): Promise<void> {
  return anonymous.post('/api/auth/verify-email', { token });
}
