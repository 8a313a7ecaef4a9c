import { ok, useHearth } from '@hearth/widgets';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

/** What everyone may see of a person: how they show themselves, and their reputation. */
export function usePerson(id: string) {
  const { hearth } = useHearth();
  return useQuery({
    queryKey: ['people', id],
    queryFn: () => ok(hearth.http.api.GET('/api/engagement/reputation/{user}/', { params: { path: { user: id } } })),
  });
}

const tieKey = (id: string) => ['people', id, 'tie'];

export function useTie(id: string) {
  const { hearth } = useHearth();
  return useQuery({
    queryKey: tieKey(id),
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
    onSettled: () => queries.invalidateQueries({ queryKey: tieKey(id) }),
  });
}
