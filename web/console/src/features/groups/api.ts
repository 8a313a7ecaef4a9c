import { type Author, nextQuery, type Page, useHearth } from '@hearth/widgets';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

const ROOT = '/api/community/groups';

export interface Group {
  id: number;
  name: string;
  description: string;
  owner: Author;
  member_count: number;
  is_member: boolean;
}

export interface Member {
  user: Author;
  joined_at: string;
}

export function useGroups() {
  const { hearth } = useHearth();
  return useInfiniteQuery({
    queryKey: ['groups', 'all'],
    initialPageParam: '?limit=50',
    queryFn: ({ pageParam }) => hearth.http.get<Page<Group>>(`${ROOT}/`, pageParam),
    getNextPageParam: (page) => nextQuery(page.next),
  });
}

export function useGroupById(id: number) {
  const { hearth } = useHearth();
  return useQuery({ queryKey: ['groups', id], queryFn: () => hearth.http.get<Group>(`${ROOT}/${id}/`) });
}

export function useMembers(id: number) {
  const { hearth } = useHearth();
  return useQuery({
    queryKey: ['groups', id, 'members'],
    queryFn: () => hearth.http.get<Page<Member>>(`${ROOT}/${id}/members/`),
  });
}

export function useFoundGroup() {
  const { hearth } = useHearth();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (group: { name: string; description: string }) => hearth.http.post<Group>(`${ROOT}/`, group),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['groups'] }),
  });
}

/** Joins or leaves. */
export function useMembership() {
  const { hearth } = useHearth();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, join }: { id: number; join: boolean }) =>
      hearth.http.post(`${ROOT}/${id}/${join ? 'join' : 'leave'}/`),
    onSettled: () => queries.invalidateQueries({ queryKey: ['groups'] }),
  });
}
