import { useInfiniteQuery } from '@tanstack/react-query';
import { nextQuery, ok } from '../api/http';
import { useHearth } from '../provider/context';

/** Of those one follows, of everybody, of whom one does not know yet, and what most is done on. */
export type FeedName = 'mine' | 'global' | 'discovery' | 'trending';

const EVERY = 60_000;

export function useFeed(name: FeedName, limit: number) {
  const { hearth, me } = useHearth();
  const { api } = hearth.http;
  return useInfiniteQuery({
    queryKey: ['feeds', name, limit, me?.id],
    enabled: Boolean(me),
    refetchInterval: EVERY,
    initialPageParam: { limit: String(limit) } as Record<string, string>,
    queryFn: ({ pageParam }) => {
      const options = { params: { query: pageParam } };
      if (name === 'mine') return ok(api.GET('/api/v1/feed', options));
      if (name === 'global') return ok(api.GET('/api/v1/feed/global', options));
      if (name === 'discovery') return ok(api.GET('/api/v1/feed/discovery', options));
      return ok(api.GET('/api/v1/feed/trending', options));
    },
    getNextPageParam: (page) => nextQuery(page.next),
  });
}
