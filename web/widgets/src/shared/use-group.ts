import { useEffect } from 'react';
import type { Group } from '../live/live-socket';
import { useHearth } from '../provider/context';

/** Hears a group's events for as long as the component is shown. */
export function useGroup(group: Group | null): void {
  const { socket } = useHearth().hearth;
  useEffect(() => (group === null ? undefined : socket.hold(group)), [socket, group]);
}
