import { render } from '@testing-library/react';
import type { ReactNode } from 'react';
import { vi } from 'vitest';
import type { User } from './api/wire';
import { HearthProvider } from './provider/hearth-provider';

/** What component tests need: a signed-in person, a server that answers what the test says, a silent socket. */

export const amina: User = {
  id: 'amina',
  user_id: 1,
  username: 'amina',
  display_name: 'Amina Wanjiru',
  profile_photo: null,
  roles: ['individual'],
  tenant_id: null,
  created_at: '2025-01-01T00:00:00Z',
  email: 'someone@example.org',
  email_verified: true,
  bio: '',
  show_email: false,
  is_private: false,
  time_zone: null,
  is_active: true,
};

interface Call {
  method: string;
  path: string;
  query: URLSearchParams;
  body: unknown;
}

/** Answers by `METHOD /path`; a number is a status alone. What is asked for besides is 404. */
export function serve(answers: Record<string, unknown>): Call[] {
  const calls: Call[] = [];
  vi.stubGlobal('fetch', async (request: Request) => {
    const { method } = request;
    const { pathname, searchParams } = new URL(request.url);
    const text = await request.text();
    calls.push({ method, path: pathname, query: searchParams, body: text === '' ? undefined : JSON.parse(text) });
    const answer = answers[`${method} ${pathname}`];
    if (typeof answer === 'number') return new Response(null, { status: answer });
    if (answer instanceof Response) return answer.clone();
    return answer === undefined
      ? new Response('{"detail":"Not found."}', { status: 404 })
      : new Response(JSON.stringify(answer), { status: 200 });
  });
  return calls;
}

class SilentSocket {
  readyState = 0;
  send(): void {}
  close(): void {}
}

export function show(children: ReactNode, user: User | null = amina) {
  vi.stubGlobal('WebSocket', SilentSocket);
  return render(
    <HearthProvider baseUrl="http://hearth.test" getToken={() => 'token'} user={user}>
      {children}
    </HearthProvider>,
  );
}
