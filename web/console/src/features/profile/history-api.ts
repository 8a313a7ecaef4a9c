import { nextQuery, ok, useHearth } from '@hearth/widgets';
import { useInfiniteQuery, useMutation, useQuery } from '@tanstack/react-query';
import { saveFile } from '../../shared/save-file';

const PAGE = 20;

/** Each point of one's reputation, the latest first. */
export function useStatement() {
  const { hearth, me } = useHearth();
  return useInfiniteQuery({
    queryKey: ['history', 'statement', me?.id],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      ok(
        hearth.http.api.GET('/api/engagement/reputation/statement/', {
          params: { query: { limit: PAGE, cursor: pageParam } },
        }),
      ),
    getNextPageParam: ({ next }) => nextQuery(next)?.cursor,
  });
}

/** What one did, the latest first. */
export function useTimeline() {
  const { hearth, me } = useHearth();
  return useInfiniteQuery({
    queryKey: ['history', 'timeline', me?.id],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      ok(hearth.http.api.GET('/api/engagement/timeline/', { params: { query: { limit: PAGE, cursor: pageParam } } })),
    getNextPageParam: ({ next }) => nextQuery(next)?.cursor,
  });
}

export function usePrediction() {
  const { hearth, me } = useHearth();
  return useQuery({
    queryKey: ['history', 'prediction', me?.id],
    queryFn: () => ok(hearth.http.api.GET('/api/engagement/predictions/')),
  });
}

export type ExportFormat = 'csv' | 'json' | 'pdf';

/** Fetches one's figures and hands them to the browser as a file. */
export function useExport() {
  const { hearth } = useHearth();
  return useMutation({
    mutationFn: async (format: ExportFormat) => {
      const query = { format, days: 30 };
      const file = (await ok(
        hearth.http.api.GET('/api/engagement/export/', { params: { query }, parseAs: 'blob' }),
      )) as unknown as Blob;
      saveFile(file, `engagement.${format}`);
    },
  });
}
