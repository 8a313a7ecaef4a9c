import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { ok } from '../api/http';
import type { components } from '../api/schema';
import { useHearth } from '../provider/context';

export type Activity = components['schemas']['ActivityView'];

/** Messaging's answers lie in an envelope. */
export async function data<T>(call: Promise<{ success: boolean; data: T }>): Promise<NonNullable<T>> {
  const answer = await call;
  if (!answer.data) throw new TypeError('The answer is empty.');
  return answer.data;
}

/** Asks anew for what messaging shows when a live event tells of a change. */
export function useMessagingNews(): void {
  const { hearth } = useHearth();
  const queries = useQueryClient();
  useEffect(
    () =>
      hearth.community.onEvent(({ type }) => {
        if (type.startsWith('messaging_')) void queries.invalidateQueries({ queryKey: ['messaging'] });
      }),
    [hearth, queries],
  );
}

export function useRecentActivity(limit: number, type?: Activity['type']) {
  const { hearth, me } = useHearth();
  return useQuery({
    queryKey: ['messaging', 'activity', limit, type ?? ''],
    enabled: Boolean(me?.tenant_id),
    refetchInterval: 60_000,
    queryFn: () =>
      data(
        ok(
          hearth.http.api.GET('/api/messaging/activity/recent/', {
            params: { query: { limit, ...(type ? { type: type as never } : {}) } },
          }),
        ),
      ),
  });
}

export function usePerformance() {
  const { hearth, me } = useHearth();
  return useQuery({
    queryKey: ['messaging', 'performance'],
    enabled: Boolean(me?.tenant_id),
    refetchInterval: 60_000,
    queryFn: () => data(ok(hearth.http.api.GET('/api/messaging/performance/overview/'))),
  });
}
