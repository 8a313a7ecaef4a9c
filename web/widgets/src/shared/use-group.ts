import { useEffect, useSyncExternalStore } from 'react';
import type { Group } from '../live/live-socket';
import { useHearth } from '../provider/context';

/** Hears a group's events for as long as the component is shown. Whether they come by now is the answer. */
export function useGroup(group: Group): boolean {
  const { socket } = useHearth().hearth;
  useEffect(() => socket.hold(group), [socket, group]);
  return useSyncExternalStore(socket.onStatus, () => socket.isJoined(group));
}
