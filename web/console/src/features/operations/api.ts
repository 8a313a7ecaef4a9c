import { ok, useHearth } from '@hearth/widgets';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

const EVERY = 5_000;

export const DELIVERY_STATES = ['dead', 'pending', 'sending', 'sent', 'cancelled'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

export function useLedger() {
  const { hearth } = useHearth();
  return useQuery({
    queryKey: ['operations', 'ledger'],
    refetchInterval: EVERY,
    queryFn: () => ok(hearth.http.api.GET('/api/operations/ledger')),
  });
}

export function useDrift() {
  const { hearth } = useHearth();
  return useQuery({
    queryKey: ['operations', 'drift'],
    refetchInterval: EVERY,
    queryFn: () => ok(hearth.http.api.GET('/api/operations/drift')),
  });
}

export function useDeliveries(state: DeliveryState) {
  const { hearth } = useHearth();
  return useQuery({
    queryKey: ['operations', 'deliveries', state],
    refetchInterval: EVERY,
    queryFn: () => ok(hearth.http.api.GET('/api/operations/deliveries', { params: { query: { state, limit: 50 } } })),
  });
}

export function useRebuild() {
  const { hearth } = useHearth();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (name: string) =>
      ok(hearth.http.api.POST('/api/operations/projections/{name}/rebuild', { params: { path: { name } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['operations', 'ledger'] }),
  });
}

export function useRetry() {
  const { hearth } = useHearth();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (id: number) =>
      ok(hearth.http.api.POST('/api/operations/deliveries/{id}/retry', { params: { path: { id } } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['operations', 'deliveries'] }),
  });
}

export function useJobs() {
  const { hearth } = useHearth();
  return useQuery({
    queryKey: ['operations', 'jobs'],
    refetchInterval: EVERY,
    queryFn: () => ok(hearth.http.api.GET('/api/v1/batch/status')),
  });
}

/** Runs a job on whichever node comes first. */
export function useRunJob() {
  const { hearth } = useHearth();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (job: string) => ok(hearth.http.api.POST('/api/v1/batch/process', { body: { job } })),
    onSettled: () => queries.invalidateQueries({ queryKey: ['operations', 'jobs'] }),
  });
}

/** Lets the jobs run when they are due, or rest. */
export function useSwitchJobs() {
  const { hearth } = useHearth();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (run: boolean) =>
      ok(run ? hearth.http.api.POST('/api/v1/batch/start') : hearth.http.api.POST('/api/v1/batch/stop')),
    onSettled: () => queries.invalidateQueries({ queryKey: ['operations', 'jobs'] }),
  });
}

export function useCaches() {
  const { hearth } = useHearth();
  return useQuery({
    queryKey: ['operations', 'caches'],
    refetchInterval: EVERY,
    queryFn: () => ok(hearth.http.api.GET('/api/v1/cache/stats')),
  });
}

export function useClearCaches() {
  const { hearth } = useHearth();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => ok(hearth.http.api.DELETE('/api/v1/cache/clear')),
    onSettled: () => queries.invalidateQueries({ queryKey: ['operations', 'caches'] }),
  });
}

export function useSockets() {
  const { hearth } = useHearth();
  return useQuery({
    queryKey: ['operations', 'sockets'],
    refetchInterval: EVERY,
    queryFn: () => ok(hearth.http.api.GET('/api/v1/websocket/status')),
  });
}
