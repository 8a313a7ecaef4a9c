/** The wire's shapes, as the API reference words them. */

export const REACTIONS = ['👍', '❤️', '😂', '😢'] as const;
export type ReactionType = (typeof REACTIONS)[number];

export const REACTION_NAMES: Record<ReactionType, string> = { '👍': 'Like', '❤️': 'Love', '😂': 'Haha', '😢': 'Sad' };

export type MediaType = 'image' | 'video' | 'audio';
export type ContentType = 'ventpost' | 'ventcomment';

export interface Author {
  id: string;
  display_name: string;
  profile_photo: string | null;
}

export interface ReactionCount {
  reaction_type: ReactionType;
  count: number;
}

export interface Post {
  id: number;
  user: Author;
  title: string | null;
  content: string;
  media: string | null;
  media_type: MediaType | null;
  created_at: string;
  updated_at: string;
  views: number;
  has_viewed: boolean;
  comment_count: number;
  reaction_summary: ReactionCount[];
  user_reaction: ReactionType | null;
  group?: number | null;
  course?: number | null;
  campaign?: number | null;
}

export interface Comment {
  id: number;
  user: Author;
  parent?: number | null;
  text: string;
  media: string | null;
  media_type: MediaType | null;
  created_at: string;
  updated_at: string;
  replies?: Comment[];
  reaction_summary: ReactionCount[];
  user_reaction: ReactionType | null;
}

/** A numbered page. `next` is an address; only its query matters here. */
export interface Page<T> {
  count?: number;
  next: string | null;
  previous: string | null;
  results: T[];
}

export interface PostWithComments {
  post: Post;
  comments: Page<Comment>;
}

export interface User {
  id: string;
  user_id: number;
  username: string;
  display_name: string;
  profile_photo: string | null;
  roles: string[];
  tenant_id: string | null;
  created_at: string;
  email?: string | null;
}

export interface ViewStats {
  post_id: number;
  total_views: number;
  unique_viewers: number;
  recent_views_24h: number;
  views_last_7_days: { date: string; views: number }[];
  has_user_viewed: boolean;
}

/** A frame of the WebSocket. Events carry an `id` that sorts in order; confirmations carry none. */
export interface Frame {
  type: string;
  id?: string;
  data?: unknown;
  timestamp?: string;
}
