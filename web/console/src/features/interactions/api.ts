import { ok, useHearth } from '@hearth/widgets';
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { saveFile } from '../../shared/save-file';
import { startOf } from './periods';

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

/** What one's interactions of the last days have in common; without days, of all time. */
export function usePatterns(days: number) {
  const { hearth, me } = useHearth();
  return useQuery({
    queryKey: ['interactions', 'patterns', me?.id, days],
    enabled: me !== null,
    placeholderData: keepPreviousData,
    queryFn: () =>
      ok(
        hearth.http.api.GET('/interactions/patterns/{userId}', {
          params: { path: { userId: me?.id ?? '' }, query: { startDate: startOf(days) } },
        }),
      ),
  });
}

/** The same interactions, counted for charts. */
export function useCharts(days: number) {
  const { hearth, me } = useHearth();
  return useQuery({
    queryKey: ['interactions', 'charts', me?.id, days],
    enabled: me !== null,
    placeholderData: keepPreviousData,
    queryFn: () =>
      ok(
        hearth.http.api.GET('/interactions/charts/{userId}', {
          params: { path: { userId: me?.id ?? '' }, query: { startDate: startOf(days) } },
        }),
      ),
  });
}

export type Charts = NonNullable<ReturnType<typeof useCharts>['data']>;

export type ExportFormat = 'csv' | 'json';

/** Fetches all of one's interactions and hands them to the browser as a file. */
export function useExport() {
  const { hearth, me } = useHearth();
  return useMutation({
    mutationFn: async (format: ExportFormat) => {
      const params = { path: { userId: me?.id ?? '' }, query: { format, bom: true } };
      const file = (await ok(
        hearth.http.api.GET('/interactions/export/{userId}', { params, parseAs: 'blob' }),
      )) as unknown as Blob;
      saveFile(file, `interactions.${format}`);
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

export interface NewExperiment {
  name: string;
  description: string;
  variants: readonly { name: string; weight: number }[];
  outcome: string;
  outcomeDays: number;
  plannedPeople: number;
}

export function useFoundExperiment() {
  const { hearth } = useHearth();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ variants, ...experiment }: NewExperiment) =>
      ok(hearth.http.api.POST('/interactions/experiments', { body: { ...experiment, variants: [...variants] } })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['experiments'] }),
  });
}

/** Tries a ranking on what an experiment showed before. */
export function useReplay(id: number) {
  const { hearth } = useHearth();
  return useMutation({
    mutationFn: (ranking: readonly string[]) =>
      ok(
        hearth.http.api.POST('/interactions/experiments/{id}/replay', {
          params: { path: { id: String(id) } },
          body: { ranking: [...ranking] },
        }),
      ),
  });
}
