import {
  type CampaignPerformance,
  type CommunityStats,
  type CoursePopularity,
  type LeaderboardPlace,
  type TrendingPost,
  useHearth,
} from '@hearth/widgets';
import { useQuery } from '@tanstack/react-query';

const ROOT = '/api/engagement';

export type Board = 'reputation' | 'engagements' | 'helpful';

export function useCommunityStats() {
  const { hearth } = useHearth();
  return useQuery({
    queryKey: ['community', 'stats'],
    queryFn: () => hearth.http.read<CommunityStats>(`${ROOT}/analytics/community_stats/`),
  });
}

export function useLeaderboard(by: Board, days: number) {
  const { hearth } = useHearth();
  return useQuery({
    queryKey: ['community', 'leaderboard', by, days],
    queryFn: () => hearth.http.read<{ results: LeaderboardPlace[] }>(`${ROOT}/leaderboards/`, { by, days }),
  });
}

export function useTrendingPosts(days: number) {
  const { hearth } = useHearth();
  return useQuery({
    queryKey: ['community', 'trending', days],
    queryFn: () =>
      hearth.http.read<{ trending_posts: TrendingPost[] }>(`${ROOT}/analytics/trending/`, { days, limit: 10 }),
  });
}

/** For facilitators: how their courses are doing. */
export function useCourses(enabled: boolean) {
  const { hearth } = useHearth();
  return useQuery({
    queryKey: ['community', 'courses'],
    enabled,
    queryFn: () => hearth.http.read<{ courses: CoursePopularity[] }>(`${ROOT}/analytics/course_popularity/`),
  });
}

/** For corporate users: how their campaigns are doing. */
export function useCampaigns(enabled: boolean) {
  const { hearth } = useHearth();
  return useQuery({
    queryKey: ['community', 'campaigns'],
    enabled,
    queryFn: () => hearth.http.read<{ campaigns: CampaignPerformance[] }>(`${ROOT}/analytics/campaign_performance/`),
  });
}
