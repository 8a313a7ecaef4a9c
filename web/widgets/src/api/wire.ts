import type { components } from './schema';

/** The wire's shapes, as the server's own document says them. */
type Schemas = components['schemas'];

export const REACTIONS = ['👍', '❤️', '😂', '😢'] as const;
export type ReactionType = (typeof REACTIONS)[number];

export const REACTION_NAMES: Record<ReactionType, string> = { '👍': 'Like', '❤️': 'Love', '😂': 'Haha', '😢': 'Sad' };

export type MediaType = 'image' | 'video' | 'audio';
export type ContentType = 'ventpost' | 'ventcomment';

export type Author = Schemas['AuthorView'];
export type ReactionCount = Schemas['ReactionCount'];
export type Post = Schemas['PostView'];
export type Reply = Schemas['ReplyView'];
export type Comment = Schemas['CommentView'];
export type PostWithComments = Schemas['PostWithComments'];
export type Group = Schemas['CircleView'];
export type ViewStats = Schemas['ViewStats'];
export type Skill = Schemas['SkillView'];
export type SkillDay = Schemas['SkillDay'];
export type SkillRequest = Schemas['SkillRequest'];
export type SkillComment = Schemas['SkillCommentView'];
export type SkillReply = Schemas['SkillReplyView'];
export type SkillTask = Schemas['TaskView'];
export type FeedItem = Schemas['FeedItem'];
export type FeedObject = Schemas['FeedObject'];
/** An account as its owner sees it. */
export type User = Schemas['AccountView'];

/** A page of a list. `next` is an address; only its query matters here. */
export interface Page<T> {
  count?: number;
  next: string | null;
  previous: string | null;
  results: T[];
}

/** A frame of the WebSocket. Events carry an `id` that sorts in order; confirmations carry none. */
export interface Frame {
  type: string;
  id?: string;
  data?: unknown;
  timestamp?: string;
}
