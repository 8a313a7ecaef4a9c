import { ok, useHearth } from '@hearth/widgets';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

const KEY = ['notifications', 'preferences'];

export type Channel = 'in_app' | 'email' | 'push';
export type Channels = Record<Channel, boolean>;

export interface Preferences {
  types: Record<string, Channels>;
  digest: string;
  skill_summary: string;
  quiet_hours: { start: string; end: string; time_zone: string } | null;
}

export function usePreferences() {
  const { hearth, me } = useHearth();
  return useQuery<Preferences>({
    queryKey: [...KEY, me?.id],
    queryFn: () => ok(hearth.http.api.GET('/api/v1/notifications/preferences')),
  });
}

/** Changes are shown at once, and taken back when the server refuses them. */
export function useChangePreferences() {
  const { hearth, me } = useHearth();
  const queries = useQueryClient();
  const key = [...KEY, me?.id];
  return useMutation({
    mutationFn: (next: Preferences) => ok(hearth.http.api.PUT('/api/v1/notifications/preferences', { body: next })),
    onMutate: (next) => {
      const before = queries.getQueryData<Preferences>(key);
      queries.setQueryData(key, next);
      return before;
    },
    onError: (_error, _next, before) => queries.setQueryData(key, before),
  });
}
