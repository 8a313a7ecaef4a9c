import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useMemo } from 'react';
import type { EngagementNotification, Reputation } from '../api/engagement-wire';
import { ok } from '../api/http';
import { useHearth } from '../provider/context';

// Each key ends with whom the answer is for: whoever signs in next, without the page being loaded anew, sees their own.
const PERSONAL = new Set(['notification', 'notifications_read', 'notification_removed']);
const POLL = 60_000;
const SETTLED = 1_000;
/** What the server gives at once. */
const MOST = 100;

/**
 * Asks for one's own figures again when one did something, or hears of what others did: a second later, when every figure has followed.
 */
function useFollowing(what: 'reputation' | 'metrics', userId: number, follows: boolean) {
  const { hearth } = useHearth();
  const queries = useQueryClient();
  useEffect(() => {
    if (!follows) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const soon = () => {
      clearTimeout(timer);
      timer = setTimeout(() => void queries.invalidateQueries({ queryKey: ['engagement', what, userId] }), SETTLED);
    };
    const stops = [
      hearth.http.onWrite(soon),
      hearth.community.onEvent(({ type }) => {
        if (PERSONAL.has(type)) soon();
      }),
    ];
    return () => {
      clearTimeout(timer);
      for (const stop of stops) stop();
    };
  }, [hearth, queries, what, userId, follows]);
}

/** One's own reputation comes with all badges and dates; another's with what everyone may see. */
export function useReputation(userId: number) {
  const { hearth, me } = useHearth();
  const mine = me?.user_id === userId;
  useFollowing('reputation', userId, mine);
  return useQuery<Reputation>({
    queryKey: ['engagement', 'reputation', userId, me?.id],
    enabled: Boolean(me),
    // A page may show many people's.
    refetchInterval: mine ? POLL : 5 * POLL,
    queryFn: () =>
      mine
        ? ok(hearth.http.api.GET('/api/engagement/analytics/my_reputation/'))
        : ok(hearth.http.api.GET('/api/engagement/reputation/{user}/', { params: { path: { user: String(userId) } } })),
  });
}

/** One's own; administrators see anybody's. */
export function useUserMetrics(userId: number, days: number) {
  const { hearth, me } = useHearth();
  const mine = me?.user_id === userId;
  const visible = mine || Boolean(me?.roles.includes('admin'));
  useFollowing('metrics', userId, mine);
  const query = mine ? { days } : { days, user_id: userId };
  const metrics = useQuery({
    queryKey: ['engagement', 'metrics', userId, days, me?.id],
    enabled: visible,
    refetchInterval: POLL,
    queryFn: () => ok(hearth.http.api.GET('/api/engagement/analytics/user_metrics/', { params: { query } })),
  });
  return { metrics, visible };
}

/** As many as a page asks for, within what the server gives. */
export function atOnce(asked: number): number {
  return Math.min(MOST, Math.max(1, Math.trunc(asked) || 1));
}

/** Asks every minute, and at once when a live event concerns the person. */
export function useNotifications(limit: number) {
  const { hearth, me } = useHearth();
  const queries = useQueryClient();
  useEffect(
    () =>
      hearth.community.onEvent((event) => {
        if (PERSONAL.has(event.type)) void queries.invalidateQueries({ queryKey: ['engagement', 'notifications'] });
      }),
    [hearth, queries],
  );
  return useQuery({
    queryKey: ['engagement', 'notifications', limit, me?.id],
    enabled: Boolean(me),
    refetchInterval: POLL,
    queryFn: () =>
      ok(hearth.http.api.GET('/api/engagement/analytics/my_notifications/', { params: { query: { limit } } })),
  });
}

type Notifications = { results: EngagementNotification[] };

/** Marks as read at once here; the server's word follows. */
export function useMarkRead() {
  const { hearth } = useHearth();
  const queries = useQueryClient();
  const key = ['engagement', 'notifications'];
  return useMutation({
    mutationFn: (ids: readonly number[]) =>
      ok(
        hearth.http.api.POST('/api/engagement/analytics/mark_notifications_read/', {
          body: { notification_ids: [...ids] },
        }),
      ),
    onMutate: (ids) => {
      const read = new Set(ids);
      queries.setQueriesData<Notifications>(
        { queryKey: key },
        (old) => old && { results: old.results.map((one) => (read.has(one.id) ? { ...one, read: true } : one)) },
      );
    },
    onSettled: () => queries.invalidateQueries({ queryKey: key }),
  });
}

/** How many notifications wait to be read; the live events carry the number along, and where none come it is asked for each minute. */
export function useUnreadCount(): number {
  const { hearth, me } = useHearth();
  const queries = useQueryClient();
  const key = useMemo(() => ['notifications', 'unread', me?.id], [me?.id]);
  useEffect(
    () =>
      hearth.community.onEvent(({ type, data }) => {
        if (PERSONAL.has(type)) queries.setQueryData(key, data);
      }),
    [hearth, queries, key],
  );
  const { data } = useQuery({
    queryKey: key,
    enabled: Boolean(me),
    refetchInterval: POLL,
    queryFn: () => ok(hearth.http.api.GET('/api/v1/notifications/unread-count')),
  });
  return data?.unread_count ?? 0;
}
