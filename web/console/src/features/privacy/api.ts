import { newKey, ok, useHearth } from '@hearth/widgets';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';

const PROFILE = ['privacy', 'profile'];
const DECISIONS = ['privacy', 'decisions'];

export const AUDIENCES = ['public', 'followers', 'private'] as const;
export type Audience = (typeof AUDIENCES)[number];
export type ErasureMode = 'anonymise' | 'remove';

export function useMyProfile() {
  const { hearth, me } = useHearth();
  return useQuery({ queryKey: [...PROFILE, me?.id], queryFn: () => ok(hearth.http.api.GET('/api/v1/users/me')) });
}

export function useChangePrivacy() {
  const { hearth, me } = useHearth();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (privacy: { profile?: Audience; activity?: Audience }) =>
      ok(hearth.http.api.PUT('/api/v1/users/me', { body: { privacy } })),
    onSuccess: (profile) => queries.setQueryData([...PROFILE, me?.id], profile),
  });
}

/** Fetches everything held on oneself and hands it to the browser as a file. */
export function useFullExport() {
  const { hearth } = useHearth();
  return useMutation({
    mutationFn: async () => {
      const file = (await ok(hearth.http.api.GET('/api/v1/users/me/export', { parseAs: 'blob' }))) as unknown as Blob;
      const link = document.createElement('a');
      link.href = URL.createObjectURL(file);
      link.download = 'hearth-export.zip';
      link.click();
      setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
    },
  });
}

export function useErase() {
  const { hearth } = useHearth();
  return useMutation({
    mutationFn: (body: { password: string; mode: ErasureMode }) =>
      ok(hearth.http.api.DELETE('/api/v1/users/me', { body })),
  });
}

/** What moderators decided about one's own things. */
export function useMyDecisions() {
  const { hearth, me } = useHearth();
  return useQuery({
    queryKey: [...DECISIONS, me?.id],
    queryFn: () => ok(hearth.http.api.GET('/api/v1/moderation/decisions/my', { params: { query: { limit: 50 } } })),
  });
}

export function useAppeal() {
  const { hearth } = useHearth();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: ({ id, text }: { id: string; text: string }) =>
      ok(
        hearth.http.api.POST('/api/v1/moderation/reports/{id}/appeal', {
          params: { path: { id }, header: { 'Idempotency-Key': newKey() } },
          body: { text },
        }),
      ),
    onSettled: () => queries.invalidateQueries({ queryKey: DECISIONS }),
  });
}
