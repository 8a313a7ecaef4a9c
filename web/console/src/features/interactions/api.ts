import { ok, useHearth } from '@hearth/widgets';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

const PAGE = 100;

/** One's interactions, the newest first, a hundred at a time. */
export function useInteractions() {
  const { hearth, me } = useHearth();
  return useInfiniteQuery({
    queryKey: ['interactions', 'history', me?.id],
    enabled: me !== null,
    initialPageParam: 0,
    queryFn: ({ pageParam }) =>
      ok(
        hearth.http.api.GET('/interactions/history/{userId}', {
          params: { path: { userId: me?.id ?? '' }, query: { limit: PAGE, offset: pageParam, includeTitles: true } },
        }),
      ),
    getNextPageParam: ({ offset, total }) => (offset + PAGE < total ? offset + PAGE : undefined),
  });
}

export function usePatterns() {
  const { hearth, me } = useHearth();
  return useQuery({
    queryKey: ['interactions', 'patterns', me?.id],
    enabled: me !== null,
    queryFn: () =>
      ok(hearth.http.api.GET('/interactions/patterns/{userId}', { params: { path: { userId: me?.id ?? '' } } })),
  });
}

export type ExportFormat = 'csv' | 'json';

/** Fetches all of one's interactions and hands them to the browser as a file. */
export function useExport() {
  const { hearth, me } = useHearth();
  return useMutation({
    mutationFn: async (format: ExportFormat) => {
      const params = { path: { userId: me?.id ?? '' }, query: { format } };
      const file = (await ok(
        hearth.http.api.GET('/interactions/export/{userId}', { params, parseAs: 'blob' }),
      )) as unknown as Blob;
      const link = document.createElement('a');
      link.href = URL.createObjectURL(file);
      link.download = `interactions.${format}`;
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    },
  });
}

export function useExperiments() {
  const { hearth } = useHearth();
  return useQuery({
    queryKey: ['experiments'],
    queryFn: () => ok(hearth.http.api.GET('/interactions/experiments', { params: { query: { limit: 100 } } })),
  });
}

export function useReport(id: number) {
  const { hearth } = useHearth();
  return useQuery({
    queryKey: ['experiments', id],
    queryFn: () =>
      ok(hearth.http.api.GET('/interactions/experiments/{id}/report', { params: { path: { id: String(id) } } })),
  });
}

export function useFoundExperiment() {
  const { hearth } = useHearth();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ name, variants, outcome }: { name: string; variants: readonly string[]; outcome: string }) =>
      ok(
        hearth.http.api.POST('/interactions/experiments', {
          body: {
            name,
            outcome,
            description: '',
            outcomeDays: 7,
            plannedPeople: 1000,
            variants: variants.map((variant) => ({ name: variant, weight: 1 })),
          },
        }),
      ),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['experiments'] }),
  });
}
