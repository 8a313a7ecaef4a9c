import { createContext, type ReactNode, useContext, useSyncExternalStore } from 'react';
import type { User } from '../api/wire';
import type { CommunityState } from '../community/state';
import type { LiveStatus } from '../live/live-socket';
import type { Notify } from '../shared/notices';
import type { Hearth } from './hearth';

/** Makes a person's name a link; the page decides where to. */
export type PersonLink = (id: string, name: ReactNode) => ReactNode;

interface HearthValue {
  hearth: Hearth;
  /** Who is signed in; undefined while that is being asked. */
  me: User | null | undefined;
  /** Says something to the person for a moment. */
  notify: Notify;
  personLink?: PersonLink;
}

export const HearthContext = createContext<HearthValue | null>(null);

export function useHearth(): HearthValue {
  const value = useContext(HearthContext);
  if (value === null) throw new Error('Hearth widgets must be inside a <HearthProvider>.');
  return value;
}

/** A part of the live state; `select` must give the same object while nothing changed. */
export function useCommunity<T>(select: (state: CommunityState) => T): T {
  const { community } = useHearth().hearth;
  return useSyncExternalStore(community.subscribe, () => select(community.getState()));
}

export function useLiveStatus(): LiveStatus {
  const { socket } = useHearth().hearth;
  return useSyncExternalStore(socket.onStatus, () => socket.status);
}
