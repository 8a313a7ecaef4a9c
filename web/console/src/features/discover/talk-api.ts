import { nextQuery, ok, skillKey, useHearth } from '@hearth/widgets';
import { useInfiniteQuery, useMutation, useQueryClient } from '@tanstack/react-query';

/** What is said about a skill, and what people add to it. */
export const commentsKey = (skill: string) => ['skill-comments', skill];
export const tasksKey = (skill: string) => ['skill-tasks', skill];
export const reviewsKey = (skill: string) => ['skill-reviews', skill];
/** How often they are read again where the skill's room does not tell what happens. */
const EVERY = 30_000;

/** The comments on a skill, from the one `at` on; with `parent`, all that hangs under that one. */
export function useComments(id: string, { parent, at }: { parent?: string; at?: string }) {
  const { hearth } = useHearth();
  const first: Record<string, string> = parent ? { limit: '50', parent } : at ? { limit: '20', at } : { limit: '20' };
  return useInfiniteQuery({
    queryKey: [...commentsKey(id), parent ?? 'top', at ?? ''],
    refetchInterval: () => (hearth.rooms.isJoined(id) ? false : EVERY),
    initialPageParam: first,
    queryFn: ({ pageParam: query }) =>
      ok(hearth.http.api.GET('/api/v1/social/skills/{id}/comments', { params: { path: { id }, query } })),
    getNextPageParam: (page) => nextQuery(page.next),
    getPreviousPageParam: (page) => nextQuery(page.previous),
  });
}

export function useChangeComments(id: string) {
  const { hearth } = useHearth();
  const queries = useQueryClient();
  const onSettled = () =>
    Promise.all([
      queries.invalidateQueries({ queryKey: commentsKey(id) }),
      queries.invalidateQueries({ queryKey: skillKey(id) }),
    ]);
  const add = useMutation({
    mutationFn: (body: { text: string; parent: string | null }) =>
      ok(hearth.http.api.POST('/api/v1/social/skills/{id}/comments', { params: { path: { id } }, body })),
    onSettled,
  });
  const remove = useMutation({
    mutationFn: (comment: string) =>
      ok(
        hearth.http.api.DELETE('/api/v1/social/skills/{id}/comments/{comment}', { params: { path: { id, comment } } }),
      ),
    onSettled,
  });
  return { add, remove };
}

/** What people wrote with their ratings. */
export function useReviews(id: string) {
  const { hearth } = useHearth();
  const first: Record<string, string> = { limit: '10' };
  return useInfiniteQuery({
    queryKey: reviewsKey(id),
    initialPageParam: first,
    queryFn: ({ pageParam: query }) =>
      ok(hearth.http.api.GET('/api/v1/social/skills/{id}/reviews', { params: { path: { id }, query } })),
    getNextPageParam: (page) => nextQuery(page.next),
  });
}

export function useTasks(id: string) {
  const { hearth } = useHearth();
  const first: Record<string, string> = { limit: '50' };
  return useInfiniteQuery({
    queryKey: tasksKey(id),
    refetchInterval: () => (hearth.rooms.isJoined(id) ? false : EVERY),
    initialPageParam: first,
    queryFn: ({ pageParam: query }) =>
      ok(hearth.http.api.GET('/api/v1/social/skills/{id}/tasks', { params: { path: { id }, query } })),
    getNextPageParam: (page) => nextQuery(page.next),
  });
}

export function useChangeTasks(skill: string) {
  const { hearth } = useHearth();
  const queries = useQueryClient();
  const { api } = hearth.http;
  const onSettled = () => queries.invalidateQueries({ queryKey: tasksKey(skill) });
  const propose = useMutation({
    mutationFn: (body: { day: number; title: string; description: string | null }) =>
      ok(api.POST('/api/v1/social/skills/{id}/tasks', { params: { path: { id: skill } }, body })),
    onSettled,
  });
  const vote = useMutation({
    mutationFn: ({ id, value }: { id: string; value: number }) =>
      ok(api.POST('/api/v1/social/tasks/{id}/vote', { params: { path: { id } }, body: { value } })),
    onSettled,
  });
  const remove = useMutation({
    mutationFn: (id: string) => ok(api.DELETE('/api/v1/social/tasks/{id}', { params: { path: { id } } })),
    onSettled,
  });
  return { propose, vote, remove };
}
