import { nextQuery, ok, useHearth } from '@hearth/widgets';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';

const KEY = ['notifications', 'list'];
const EVERY = 60_000;
const NEWS = new Set(['notification', 'notifications_read', 'notification_removed']);

/** One's notifications, the latest first; what comes in shows at once. */
export function useNotificationPages() {
  const { hearth } = useHearth();
  const queries = useQueryClient();
  useEffect(
    () =>
      hearth.community.onEvent(({ type }) => {
        if (NEWS.has(type)) void queries.invalidateQueries({ queryKey: KEY });
      }),
    [hearth, queries],
  );
  return useInfiniteQuery({
    queryKey: KEY,
    refetchInterval: EVERY,
    initialPageParam: { limit: '50' } as Record<string, string>,
    queryFn: ({ pageParam: query }) => ok(hearth.http.api.GET('/api/v1/notifications', { params: { query } })),
    getNextPageParam: (page) => nextQuery(page.next),
  });
}

export type Notification = NonNullable<
  ReturnType<typeof useNotificationPages>['data']
>['pages'][number]['results'][number];

/** Marks one as read, or all of them. */
export function useRead() {
  const { hearth } = useHearth();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: string | 'all'): Promise<unknown> =>
      id === 'all'
        ? ok(hearth.http.api.POST('/api/v1/notifications/read-all'))
        : ok(hearth.http.api.POST('/api/v1/notifications/{id}/read', { params: { path: { id } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['notifications'] }),
  });
}
