import { type Page, useHearth } from '@hearth/widgets';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

const ROOT = '/api/community/groups';

export interface Group {
  id: number;
  name: string;
  description: string | null;
  member_count: number;
  is_member: boolean;
}

export interface Member {
  id: string;
  display_name: string;
  profile_photo: string | null;
}

export function useGroups() {
  const { hearth } = useHearth();
  return useQuery({
    queryKey: ['groups'],
    queryFn: () => hearth.http.get<Page<Group>>(`${ROOT}/`, { page_size: 100 }),
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
