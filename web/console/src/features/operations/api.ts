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
