import { ok, useHearth } from '@hearth/widgets';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { saveFile } from '../../shared/save-file';

export type Board = 'reputation' | 'engagements' | 'helpful';

export function useCommunityStats() {
  const { hearth } = useHearth();
  return useQuery({
    queryKey: ['community', 'stats'],
    queryFn: () => ok(hearth.http.api.GET('/api/engagement/analytics/community_stats/')),
  });
}

export function useLeaderboard(by: Board, days: number) {
  const { hearth } = useHearth();
  return useQuery({
    queryKey: ['community', 'leaderboard', by, days],
    queryFn: () => ok(hearth.http.api.GET('/api/engagement/leaderboards/', { params: { query: { by, days } } })),
  });
}

/** For facilitators: how their courses are doing. */
export function useCourses() {
  const { hearth } = useHearth();
  return useQuery({
    queryKey: ['community', 'courses'],
    queryFn: () => ok(hearth.http.api.GET('/api/engagement/analytics/course_popularity/')),
  });
}

/** For corporate users: how their campaigns are doing. */
export function useCampaigns() {
  const { hearth } = useHearth();
  return useQuery({
    queryKey: ['community', 'campaigns'],
    queryFn: () => ok(hearth.http.api.GET('/api/engagement/analytics/campaign_performance/')),
  });
}

/** For corporate users: their campaigns with the links that count. */
export function useCampaignLinks() {
  const { hearth } = useHearth();
  return useQuery({
    queryKey: ['community', 'campaigns', 'links'],
    queryFn: () => ok(hearth.http.api.GET('/api/engagement/campaigns/')),
  });
}

export function useAddCampaign() {
  const { hearth } = useHearth();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (body: { name: string; link: string | null }) =>
      ok(hearth.http.api.POST('/api/engagement/campaigns/', { body })),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['community', 'campaigns'] }),
  });
}

interface CommunityReport {
  days: readonly { day: string; engagements: number }[];
}

/** For administrators: the community's figures of each day. */
export function useCommunityDays(days: number) {
  const { hearth } = useHearth();
  return useQuery({
    queryKey: ['community', 'days', days],
    queryFn: async () =>
      (await hearth.http.read<CommunityReport>('/api/engagement/export/', { of: 'community', days })).days,
  });
}

/** Fetches the community's figures and hands them to the browser as a file. */
export function useCommunityExport(days: number) {
  const { hearth } = useHearth();
  return useMutation({
    mutationFn: async (format: 'csv' | 'pdf') => {
      const query = { of: 'community', format, days } as const;
      const file = (await ok(
        hearth.http.api.GET('/api/engagement/export/', { params: { query }, parseAs: 'blob' }),
      )) as unknown as Blob;
      saveFile(file, `community.${format}`);
    },
  });
}
