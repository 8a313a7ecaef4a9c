import { nextQuery, ok, useHearth } from '@hearth/widgets';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

const FIRST: Record<string, string> = { limit: '50' };

export function useGroups() {
  const { hearth } = useHearth();
  return useInfiniteQuery({
    queryKey: ['groups', 'all'],
    initialPageParam: FIRST,
    queryFn: ({ pageParam }) => ok(hearth.http.api.GET('/api/community/groups/', { params: { query: pageParam } })),
    getNextPageParam: (page) => nextQuery(page.next),
  });
}

export function useGroupById(id: number) {
  const { hearth } = useHearth();
  return useQuery({
    queryKey: ['groups', id],
    queryFn: () => ok(hearth.http.api.GET('/api/community/groups/{id}/', { params: { path: { id } } })),
  });
}

export function useMembers(id: number) {
  const { hearth } = useHearth();
  return useQuery({
    queryKey: ['groups', id, 'members'],
    queryFn: () => ok(hearth.http.api.GET('/api/community/groups/{id}/members/', { params: { path: { id } } })),
  });
}

export function useFoundGroup() {
  const { hearth } = useHearth();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { name: string; description: string }) =>
      ok(hearth.http.api.POST('/api/community/groups/', { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['groups'] }),
  });
}

/** Joins or leaves. */
export function useMembership() {
  const { hearth } = useHearth();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, join }: { id: number; join: boolean }) => {
      const params = { path: { id } };
      return join
        ? ok(hearth.http.api.POST('/api/community/groups/{id}/join/', { params }))
        : ok(hearth.http.api.POST('/api/community/groups/{id}/leave/', { params }));
    },
    onSettled: () => queries.invalidateQueries({ queryKey: ['groups'] }),
  });
}
