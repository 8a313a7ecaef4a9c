import { ok, useHearth } from '@hearth/widgets';
import { useQuery } from '@tanstack/react-query';

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
export function useCourses(enabled: boolean) {
  const { hearth } = useHearth();
  return useQuery({
    queryKey: ['community', 'courses'],
    enabled,
    queryFn: () => ok(hearth.http.api.GET('/api/engagement/analytics/course_popularity/')),
  });
}

/** For corporate users: how their campaigns are doing. */
export function useCampaigns(enabled: boolean) {
  const { hearth } = useHearth();
  return useQuery({
    queryKey: ['community', 'campaigns'],
    enabled,
    queryFn: () => ok(hearth.http.api.GET('/api/engagement/analytics/campaign_performance/')),
  });
}
