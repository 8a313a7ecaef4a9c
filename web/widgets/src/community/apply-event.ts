import type { Comment, Post, ReactionCount } from '../api/wire';
import { dropComment, dropPost, patchComment, patchFeed, patchPost, putComment } from './reduce';
import { type CommunityState, matches } from './state';

export interface CommunityEvent {
  id: string;
  type: string;
  data: unknown;
}

interface ReactionData {
  content_type: 'ventpost' | 'ventcomment';
  object_id: number;
  reaction_summary: ReactionCount[];
  user_reaction: string | null;
  user_id: string;
}

/** Comment events name their post, and how many comments it has with them. */
type CommentData = Comment & { post_id?: number | null; comment_count?: number | null };

/**
 * What one live event makes of the state. Values are absolute and stamped with the event's id, so events may come
 * twice, late, or be applied again over a newer snapshot: an old snapshot plus the events since equals a fresh read.
 */
export function applyEvent(state: CommunityState, event: CommunityEvent): CommunityState {
  switch (event.type) {
    case 'new_ventroom_post':
      return newPost(state, event.data as Post);
    case 'ventroom_post_updated':
      return postUpdated(state, event.id, event.data as Post);
    case 'ventroom_post_deleted':
      return dropPost(state, (event.data as { post_id: number }).post_id);
    case 'ventroom_post_view_updated': {
      const { post_id, views } = event.data as { post_id: number; views: number };
      return stamped(state, `views:${post_id}`, event.id, (s) => patchPost(s, post_id, { views }));
    }
    case 'new_ventroom_comment':
    case 'new_comment_on_user_post':
    case 'new_reply_on_user_comment':
      return newComment(state, event.id, event.data as CommentData);
    case 'ventroom_comment_updated':
      return commentUpdated(state, event.id, event.data as CommentData);
    case 'ventroom_comment_deleted':
      return commentDeleted(
        state,
        event.id,
        event.data as { comment_id: number; post_id: number; comment_count?: number },
      );
    case 'ventroom_reaction_updated':
    case 'new_reaction_on_user_post':
    case 'new_reaction_on_user_comment':
      return reacted(state, event.id, event.data as ReactionData);
    default:
      return state;
  }
}

function newPost(state: CommunityState, post: Post): CommunityState {
  let next = state.posts[post.id] ? state : { ...state, posts: { ...state.posts, [post.id]: own(state, post) } };
  for (const [key, feed] of Object.entries(state.feeds)) {
    if (!matches(feed.filter, post) || feed.ids.includes(post.id) || feed.fresh.includes(post.id)) continue;
    const fresh = [post.id, ...feed.fresh].sort((a, b) => b - a);
    next = patchFeed(next, key, { fresh });
  }
  return next;
}

function postUpdated(state: CommunityState, id: string, post: Post): CommunityState {
  if (!state.posts[post.id]) return state;
  return stamped(state, `post:${post.id}`, id, (s) => {
    const { title, content, media, media_type, updated_at } = post;
    return patchPost(s, post.id, { title, content, media, media_type, updated_at });
  });
}

function newComment(state: CommunityState, id: string, data: CommentData): CommunityState {
  const { post_id, comment_count, ...comment } = data;
  if (post_id === null || post_id === undefined) return state;
  return counted(putComment(state, post_id, own(state, comment)), post_id, id, comment_count);
}

function commentUpdated(state: CommunityState, id: string, data: CommentData): CommunityState {
  return stamped(state, `comment:${data.id}`, id, (s) => {
    const { text, media, media_type, updated_at } = data;
    return patchComment(s, data.id, { text, media, media_type, updated_at });
  });
}

function commentDeleted(
  state: CommunityState,
  id: string,
  data: { comment_id: number; post_id: number; comment_count?: number },
): CommunityState {
  return counted(dropComment(state, data.post_id, data.comment_id), data.post_id, id, data.comment_count);
}

function counted(state: CommunityState, post: number, id: string, count: number | null | undefined): CommunityState {
  if (count === null || count === undefined) return state;
  return stamped(state, `comments:${post}`, id, (s) => patchPost(s, post, { comment_count: count }));
}

function reacted(state: CommunityState, id: string, data: ReactionData): CommunityState {
  const key = `${data.content_type}:${data.object_id}`;
  const mine = data.user_id === state.me;
  const change = {
    reaction_summary: data.reaction_summary,
    ...(mine ? { user_reaction: data.user_reaction } : {}),
  };
  return stamped(state, key, id, (s) =>
    data.content_type === 'ventpost' ? patchPost(s, data.object_id, change) : patchComment(s, data.object_id, change),
  );
}

function stamped(
  state: CommunityState,
  name: string,
  id: string,
  change: (state: CommunityState) => CommunityState,
): CommunityState {
  const last = state.stamps[name];
  if (last !== undefined && last > id) return state;
  const next = change(state);
  return next === state ? state : { ...next, stamps: { ...next.stamps, [name]: id } };
}

/** An event is one text for everybody: what it says about "you" is not about whoever reads it here. */
function own<T extends Post | Comment>(state: CommunityState, item: T): T {
  const known = 'content' in item ? state.posts[item.id] : state.comments[item.id];
  const mine: Partial<Post> = { user_reaction: known?.user_reaction ?? null };
  if ('content' in item) mine.has_viewed = (known as Post | undefined)?.has_viewed ?? false;
  return { ...item, ...mine };
}
