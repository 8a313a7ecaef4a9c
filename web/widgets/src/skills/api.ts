import { type QueryClient, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ok } from '../api/http';
import type { Skill } from '../api/wire';
import { useHearth } from '../provider/context';

export const skillKey = (id: string) => ['skills', 'one', id];

/** Figures of a skill go on while somebody looks at it, where its room does not tell them. */
const EVERY = 30_000;

export function useSkill(id: string, enabled = true) {
  const { hearth, me } = useHearth();
  return useQuery({
    queryKey: skillKey(id),
    enabled: enabled && Boolean(me) && id !== '',
    refetchInterval: (query) => (query.state.status === 'error' || hearth.rooms.isJoined(id) ? false : EVERY),
    queryFn: () => ok(hearth.http.api.GET('/api/v1/social/skills/{id}', { params: { path: { id } } })),
  });
}

/** Turns one's like around: at once here, then as the server counts. */
export function useLikeSkill({ id, liked, likes }: Pick<Skill, 'id' | 'liked' | 'likes'>) {
  const { hearth } = useHearth();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => ok(hearth.http.api.POST('/api/v1/social/skills/{id}/like', { params: { path: { id } } })),
    onMutate: () => patchSkill(queries, id, { liked: !liked, likes: likes + (liked ? -1 : 1) }),
    onSuccess: (now) => patchSkill(queries, id, now),
    onError: () => patchSkill(queries, id, { liked, likes }),
  });
}

type Held = Skill | { results?: Skill[] } | { pages?: { results: Skill[] }[] } | undefined;

/** Changes a skill wherever it is held: by itself, in lists, in pages of lists. */
export function patchSkill(queries: QueryClient, id: string, patch: Partial<Skill>): void {
  const one = (skill: Skill): Skill => (skill.id === id ? { ...skill, ...patch } : skill);
  queries.setQueriesData<Held>({ queryKey: ['skills'] }, (held) => {
    if (held === undefined) return held;
    if ('pages' in held && held.pages) {
      return { ...held, pages: held.pages.map((page) => ({ ...page, results: page.results.map(one) })) };
    }
    if ('results' in held && held.results) return { ...held, results: held.results.map(one) };
    return 'id' in held ? one(held) : held;
  });
}
