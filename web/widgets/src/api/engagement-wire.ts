import type { components } from './schema';

/** The wire of `/api/engagement/`, as the server's own document says it. */
type Schemas = components['schemas'];

export type ActivityLevel = 'inactive' | 'novice' | 'active' | 'power_user' | 'community_leader';

/** What everyone may see of a reputation. */
export type Reputation = Pick<
  Schemas['PublicReputationView'],
  'user_id' | 'reputation_score' | 'activity_level' | 'badges'
>;
export type UserMetrics = Schemas['UserMetricsView'];
export type EngagementNotification = Schemas['EngagementNotification'];
export type TrendingPost = Schemas['TrendingPost'];
export type LeaderboardPlace = Schemas['LeaderboardPlace'];
export type CommunityStats = Schemas['CommunityStats'];
export type CoursePopularity = Schemas['CoursePopularity'];
export type CampaignPerformance = Schemas['CampaignPerformance'];
