import { type ActiveUser, type CommunityStats, type TrendingPost, useHearth } from '@hearth/widgets';
import { useQuery } from '@tanstack/react-query';

const ROOT = '/api/engagement/analytics';

export function useCommunityStats() {
  const { hearth } = useHearth();
  return useQuery({
    queryKey: ['community', 'stats'],
    queryFn: () => hearth.http.read<CommunityStats>(`${ROOT}/community_stats/`),
  });
}

export function useActiveUsers(days: number) {
  const { hearth } = useHearth();
  return useQuery({
    queryKey: ['community', 'active', days],
    queryFn: () => hearth.http.read<{ active_users: ActiveUser[] }>(`${ROOT}/active_users/`, { days, limit: 20 }),
  });
}

export function useTrendingPosts(days: number) {
  const { hearth } = useHearth();
  return useQuery({
    queryKey: ['community', 'trending', days],
    queryFn: () => hearth.http.read<{ trending_posts: TrendingPost[] }>(`${ROOT}/trending/`, { days, limit: 10 }),
  });
}
