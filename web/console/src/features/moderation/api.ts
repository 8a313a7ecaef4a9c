import { newKey, nextQuery, ok, useHearth } from '@hearth/widgets';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

const KEY = ['moderation'];

export const QUEUE_STATES = ['waiting', 'appealed', 'claimed', 'resolved'] as const;
export type QueueState = (typeof QUEUE_STATES)[number];
export type Decision = 'dismiss' | 'warn' | 'hide' | 'remove' | 'suspend' | 'void';

export interface NewRule {
  name: string;
  keywords: string[];
  pattern: string | null;
  scorer: string | null;
  threshold: number | null;
  content_types: string[];
  action: string;
  severity: number;
}

export function useQueue(state: QueueState) {
  const { hearth } = useHearth();
  return useInfiniteQuery({
    queryKey: [...KEY, 'queue', state],
    refetchInterval: 30_000,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) => {
      const status = state === 'waiting' ? undefined : state;
      const query = { limit: 20, cursor: pageParam, ...(status ? { status } : {}) };
      return ok(hearth.http.api.GET('/api/v1/moderation/queue', { params: { query } }));
    },
    getNextPageParam: ({ next }) => nextQuery(next)?.cursor,
  });
}

export function useHistory(id: string, enabled: boolean) {
  const { hearth } = useHearth();
  return useQuery({
    queryKey: [...KEY, 'history', id],
    enabled,
    queryFn: () => ok(hearth.http.api.GET('/api/v1/moderation/reports/{id}', { params: { path: { id } } })),
  });
}

export function useClaim(id: string) {
  const { hearth } = useHearth();
  const queries = useQueryClient();
  const params = { path: { id } };
  return useMutation({
    mutationFn: (take: boolean) =>
      take
        ? ok(hearth.http.api.POST('/api/v1/moderation/reports/{id}/claim', { params }))
        : ok(hearth.http.api.DELETE('/api/v1/moderation/reports/{id}/claim', { params })),
    onSettled: () => queries.invalidateQueries({ queryKey: KEY }),
  });
}

export function useDecide(id: string) {
  const { hearth } = useHearth();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { action: Decision; note: string | null }) =>
      ok(hearth.http.api.POST('/api/v1/moderation/reports/{id}/review', { params: { path: { id } }, body })),
    onSettled: () => queries.invalidateQueries({ queryKey: KEY }),
  });
}

export function useStats() {
  const { hearth } = useHearth();
  return useQuery({ queryKey: [...KEY, 'stats'], queryFn: () => ok(hearth.http.api.GET('/api/v1/moderation/stats')) });
}

export function useRules() {
  const { hearth } = useHearth();
  return useQuery({
    queryKey: [...KEY, 'rules'],
    queryFn: () => ok(hearth.http.api.GET('/api/v1/moderation/auto-rules')),
  });
}

export function useAddRule() {
  const { hearth } = useHearth();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: NewRule) => ok(hearth.http.api.POST('/api/v1/moderation/auto-rules', { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: KEY }),
  });
}

export function useChangeRule() {
  const { hearth } = useHearth();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, is_active }: { id: string; is_active: boolean | null }): Promise<unknown> => {
      const params = { path: { id } };
      return is_active === null
        ? ok(hearth.http.api.DELETE('/api/v1/moderation/auto-rules/{id}', { params }))
        : ok(hearth.http.api.PATCH('/api/v1/moderation/auto-rules/{id}', { params, body: { is_active } }));
    },
    onSettled: () => queries.invalidateQueries({ queryKey: KEY }),
  });
}

export function useVoid() {
  const { hearth } = useHearth();
  return useMutation({
    mutationFn: (body: { user: string; reason: string; confirm: boolean }) =>
      ok(
        hearth.http.api.POST('/api/v1/moderation/void', { params: { header: { 'Idempotency-Key': newKey() } }, body }),
      ),
  });
}

export function useRestore() {
  const { hearth } = useHearth();
  return useMutation({
    mutationFn: (id: number) =>
      ok(hearth.http.api.DELETE('/api/v1/moderation/void/{id}', { params: { path: { id } } })),
  });
}
