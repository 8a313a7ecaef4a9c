import type { components } from './schema';

/** The wire of `/api/engagement/`, as the API reference words it. */

export type ActivityLevel = 'inactive' | 'novice' | 'active' | 'power_user' | 'community_leader';

export interface Reputation {
  user_id: number;
  reputation_score: number;
  total_engagements?: number;
  activity_level: ActivityLevel;
  badges: string[];
  badges_display?: { name: string; awarded_at: string }[];
}

export interface UserMetrics {
  user_id: number;
  username: string;
  metrics: {
    total_engagements: number;
    likes: number;
    comments: number;
    mentions: number;
    group_joins: number;
    comment_likes: number;
    comment_replies: number;
    period: string;
    average_per_day: number;
  };
}

export type EngagementNotification = components['schemas']['EngagementNotification'];

export interface TrendingPost {
  post_id: number;
  post_title: string;
  author: { id: number; username: string; email: string | null };
  total_engagements: number;
  likes: number;
  comments: number;
  engagement_score: number;
  created_at: string;
  period: string;
}

export interface ActiveUser {
  user_id: number;
  username: string;
  total_engagements: number;
  reputation_score: number;
  activity_level: ActivityLevel;
  avatar_url: string | null;
  period: string;
}

export interface CommunityStats {
  total_users: number;
  active_users: number;
  total_posts: number;
  total_comments: number;
  total_engagements: number;
  total_mentions: number;
  total_groups: number;
  total_group_members: number;
  avg_engagement_per_post: number;
  avg_engagement_per_user: number;
  community_health_score: number;
}
