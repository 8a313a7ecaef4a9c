import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { messageOf } from '../api/api-error';
import { useHearth } from '../provider/context';

const MOST = 100;

/** Whether one has bookmarked a post, and the switch for it. The latest hundred are known from one read for the whole page. */
export function useBookmark(post: number): { marked: boolean; toggle: () => void } {
  const { hearth, me, notify } = useHearth();
  const queries = useQueryClient();
  const key = ['community', 'bookmarks', me?.id];
  const { data = [] } = useQuery({
    queryKey: key,
    enabled: Boolean(me),
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: async () => {
      const page = await hearth.communityApi.posts({ bookmarked: true, page_size: MOST });
      return page.results.map(({ id }) => id);
    },
  });
  const marked = data.includes(post);
  const change = useMutation({
    mutationFn: (mark: boolean) => (mark ? hearth.communityApi.bookmark(post) : hearth.communityApi.unbookmark(post)),
    onMutate: async (mark) => {
      // A list that is still on its way knows nothing of this.
      await queries.cancelQueries({ queryKey: key });
      const before = queries.getQueryData<number[]>(key);
      queries.setQueryData(key, mark ? [post, ...(before ?? [])] : before?.filter((id) => id !== post));
      return before;
    },
    onSettled: (_answer, _error, _mark, before) => {
      if (before === undefined) void queries.invalidateQueries({ queryKey: key });
    },
    onError: (error, _mark, before) => {
      queries.setQueryData(key, before ?? []);
      notify(messageOf(error), 'error');
    },
  });
  return { marked, toggle: () => change.mutate(!marked) };
}
