import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ok } from '../api/http';
import { useHearth } from '../provider/context';

const tieKey = (id: string) => ['people', id, 'tie'];

/** How the one who is here stands to a person. */
export function useTie(id: string) {
  const { hearth, me } = useHearth();
  return useQuery({
    queryKey: [...tieKey(id), me?.id],
    enabled: Boolean(me) && id !== '' && me?.id !== id && String(me?.user_id) !== id,
    queryFn: () => ok(hearth.http.api.GET('/api/v1/follow/status/{userId}', { params: { path: { userId: id } } })),
  });
}

export type TieChange = 'follow' | 'unfollow' | 'block' | 'unblock';

export function useChangeTie(id: string) {
  const { hearth } = useHearth();
  const queries = useQueryClient();
  const { api } = hearth.http;
  const params = { path: { userId: id } };
  return useMutation({
    mutationFn: (change: TieChange): Promise<unknown> => {
      if (change === 'follow') return ok(api.POST('/api/v1/follow', { body: { user_id: id } }));
      if (change === 'unfollow') return ok(api.DELETE('/api/v1/follow/{userId}', { params }));
      if (change === 'block') return ok(api.POST('/api/v1/users/{userId}/block', { params }));
      return ok(api.DELETE('/api/v1/users/{userId}/block', { params }));
    },
    // What one sees of others depends on whom one follows.
    onSettled: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: tieKey(id) }),
        queries.invalidateQueries({ queryKey: ['feeds'] }),
      ]),
  });
}
