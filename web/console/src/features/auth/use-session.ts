import type { User } from '@hearth/widgets';
import { useSyncExternalStore } from 'react';
import { session } from '../../app/session';

export function useSession(): { user: User | null } {
  return { user: useSyncExternalStore(session.subscribe, session.getUser) };
}
