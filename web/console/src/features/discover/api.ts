import { nextQuery, ok, patchSkill, type Skill, type SkillRequest, skillKey, useHearth } from '@hearth/widgets';
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { SkillFilters } from './filters';
import { reviewsKey } from './talk-api';

type Query = Record<string, string>;

/** Skills that a search finds, or one's own. */
export function useFoundSkills({ mine, rating, ...filters }: SkillFilters) {
  const { hearth } = useHearth();
  const { api } = hearth.http;
  const first: Query = { limit: '20' };
  if (mine) first.author = 'me';
  else {
    if (rating) first.min_rating = String(rating);
    for (const [name, value] of Object.entries(filters)) if (value) first[name] = String(value);
  }
  return useInfiniteQuery({
    queryKey: ['skills', 'found', first],
    initialPageParam: first,
    queryFn: ({ pageParam: query }) =>
      mine
        ? ok(api.GET('/api/v1/social/skills', { params: { query } }))
        : ok(api.GET('/api/v1/discovery/skills/search', { params: { query } })),
    getNextPageParam: (page) => nextQuery(page.next),
  });
}

/** What somebody shares, as far as one may see it, the latest first. */
export function useSkillsOf(author: string) {
  const { hearth } = useHearth();
  return useQuery({
    queryKey: ['skills', 'of', author],
    queryFn: () => ok(hearth.http.api.GET('/api/v1/social/skills', { params: { query: { author, limit: 6 } } })),
  });
}

export function useTrendingSkills() {
  const { hearth } = useHearth();
  return useQuery({
    queryKey: ['skills', 'trending'],
    refetchInterval: 60_000,
    queryFn: () => ok(hearth.http.api.GET('/api/v1/discovery/skills/trending', { params: { query: { limit: 6 } } })),
  });
}

export function useCategories() {
  const { hearth } = useHearth();
  return useQuery({
    queryKey: ['skill-categories'],
    queryFn: () => ok(hearth.http.api.GET('/api/v1/discovery/skills/categories')),
  });
}

const FOR_ME = ['skills', 'recommended'];

export function useRecommended() {
  const { hearth } = useHearth();
  return useQuery({
    queryKey: FOR_ME,
    queryFn: () => ok(hearth.http.api.GET('/api/v1/discovery/recommendations', { params: { query: { limit: 6 } } })),
  });
}

/** Recommends a skill no more, or again. */
export function useSkip() {
  const { hearth } = useHearth();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, skip }: { id: string; skip: boolean }) => {
      const params = { path: { id } };
      return skip
        ? ok(hearth.http.api.POST('/api/v1/discovery/skills/{id}/skip', { params }))
        : ok(hearth.http.api.DELETE('/api/v1/discovery/skills/{id}/skip', { params }));
    },
    onSettled: () => queries.invalidateQueries({ queryKey: FOR_ME }),
  });
}

/** Shares a new skill, or changes one's own. */
export function useSaveSkill(id: string | null) {
  const { hearth } = useHearth();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: SkillRequest): Promise<Skill> =>
      id === null
        ? ok(hearth.http.api.POST('/api/v1/social/skills', { body }))
        : ok(hearth.http.api.PUT('/api/v1/social/skills/{id}', { params: { path: { id } }, body })),
    onSuccess: (skill) => {
      void queries.invalidateQueries({ queryKey: ['skills'] });
      void queries.invalidateQueries({ queryKey: ['skill-categories'] });
      queries.setQueryData(skillKey(skill.id), skill);
    },
  });
}

export function useDeleteSkill(id: string) {
  const { hearth } = useHearth();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => ok(hearth.http.api.DELETE('/api/v1/social/skills/{id}', { params: { path: { id } } })),
    onSuccess: () => {
      queries.removeQueries({ queryKey: skillKey(id) });
      void queries.invalidateQueries({ queryKey: ['skills'] });
      void queries.invalidateQueries({ queryKey: ['skill-categories'] });
    },
  });
}

/** Counts once per person; the skill as it is now comes back. */
export function useDownload(id: string) {
  const { hearth } = useHearth();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: () => ok(hearth.http.api.POST('/api/v1/social/skills/{id}/download', { params: { path: { id } } })),
    onSuccess: ({ downloads }) => patchSkill(queries, id, { downloads, downloaded: true }),
  });
}

export function useRate(id: string) {
  const { hearth } = useHearth();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { rating: number; review: string | null }) =>
      ok(hearth.http.api.POST('/api/v1/social/skills/{id}/rate', { params: { path: { id } }, body })),
    onSuccess: (rated) => {
      patchSkill(queries, id, rated);
      void queries.invalidateQueries({ queryKey: reviewsKey(id) });
      void queries.invalidateQueries({ queryKey: FOR_ME });
    },
  });
}
