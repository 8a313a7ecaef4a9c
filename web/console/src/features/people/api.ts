import { ok, useHearth } from '@hearth/widgets';
import { useQuery } from '@tanstack/react-query';

/** What everyone may see of a person: how they show themselves, and their reputation. */
export function usePerson(id: string) {
  const { hearth } = useHearth();
  return useQuery({
    queryKey: ['people', id],
    queryFn: () => ok(hearth.http.api.GET('/api/engagement/reputation/{user}/', { params: { path: { user: id } } })),
  });
}
