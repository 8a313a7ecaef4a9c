import { type QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { type ReactNode, useEffect, useLayoutEffect, useMemo, useState } from 'react';
import { ApiError } from '../api/api-error';
import { type GetToken, ok } from '../api/http';
import type { User } from '../api/wire';
import { readStored, writeStored } from '../offline/storage';
import { Notices, useNoticeList } from '../shared/notices';
import { useEvent } from '../shared/use-event';
import { HearthContext, type PersonLink } from './context';
import { Hearth } from './hearth';

export interface HearthProviderProps {
  /** Where Hearth is, such as `https://community.example`; empty for the page's own origin. */
  baseUrl: string;
  /** Gives the access token of whoever is signed in, or null. Asked before each request, and with `refresh` after a refusal. */
  getToken: GetToken;
  /** Who is signed in, where the page knows already. */
  user?: User | null;
  queryClient?: QueryClient;
  /** Makes names of people links, where the page has pages of people. Keep it the same from render to render. */
  personLink?: PersonLink;
  children: ReactNode;
}

/** Everything of Hearth lives below one of these: one connection, one live state, shared by all widgets on the page. */
export function HearthProvider(props: HearthProviderProps) {
  return <Provider key={props.baseUrl} {...props} />;
}

function Provider({ baseUrl, getToken, user, queryClient, personLink, children }: HearthProviderProps) {
  const [hearth] = useState(() => new Hearth(baseUrl.replace(/\/$/, ''), getToken, queryClient));
  useLayoutEffect(() => hearth.setGetToken(getToken), [hearth, getToken]);
  const me = useMe(hearth, user);
  const { notices, notify, dismiss } = useNoticeList();
  const value = useMemo(() => ({ hearth, me, notify, personLink }), [hearth, me, notify, personLink]);
  return (
    <HearthContext.Provider value={value}>
      <QueryClientProvider client={hearth.queries}>
        {children}
        <Notices notices={notices} onDismiss={dismiss} />
      </QueryClientProvider>
    </HearthContext.Provider>
  );
}

/** Undefined while nobody knows yet. Offline it is whoever was here last, so that what was saved for them shows. */
function useMe(hearth: Hearth, given: User | null | undefined): User | null | undefined {
  const [found, setFound] = useState<User | null | undefined>(given);
  const me = given === undefined ? found : given;
  useEffect(() => {
    if (given !== undefined) return;
    const ask = new AbortController();
    const key = `hearth:me:${hearth.baseUrl}`;
    ok(hearth.http.api.GET('/api/auth/me/', { signal: ask.signal }))
      .then((user) => {
        writeStored(key, user);
        setFound(user);
      })
      .catch((error) => {
        if (ask.signal.aborted) return;
        setFound(error instanceof ApiError && error.isOffline ? readStored<User>(key) : null);
      });
    return () => ask.abort();
  }, [hearth, given]);
  const id = me?.id;
  const signIn = useEvent((who: string | undefined) => hearth.signIn(who !== undefined && me ? me : null));
  // Another object for the same person changes nothing.
  useEffect(() => {
    signIn(id);
    return () => hearth.stop();
  }, [hearth, id, signIn]);
  return me;
}
