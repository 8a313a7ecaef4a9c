import type { Author, ContentType, MediaType, ReactionCount, ReactionType } from '../api/wire';
import { dropComment, dropPost, patchComment, patchPost, putComment } from './reduce';
import type { CommunityState } from './state';

/** What was done here and is not answered yet: a function laid over the server's word, and taken off again. */
export type Pending = (state: CommunityState) => CommunityState;

export function reactPending(kind: ContentType, id: number, reaction: ReactionType | null): Pending {
  return (state) => {
    const item = kind === 'ventpost' ? state.posts[id] : state.comments[id];
    if (!item) return state;
    const change = {
      user_reaction: reaction,
      reaction_summary: recount(item.reaction_summary, item.user_reaction, reaction),
    };
    return kind === 'ventpost' ? patchPost(state, id, change) : patchComment(state, id, change);
  };
}

/** The counts when somebody's reaction changes from one to another; the most frequent first. */
export function recount(summary: readonly ReactionCount[], from: string | null, to: string | null): ReactionCount[] {
  if (from === to) return [...summary];
  const counts = new Map(summary.map((row) => [row.reaction_type, row.count]));
  if (from !== null) counts.set(from, (counts.get(from) ?? 0) - 1);
  if (to !== null) counts.set(to, (counts.get(to) ?? 0) + 1);
  return [...counts]
    .filter(([, count]) => count > 0)
    .map(([reaction_type, count]) => ({ reaction_type, count }))
    .sort((a, b) => b.count - a.count);
}

export interface Draft {
  /** Negative, so that it is nobody else's. */
  id: number;
  user: Author;
  parent: number | null;
  text: string;
  media: string | null;
  mediaType: MediaType | null;
  at: string;
}

/** A comment on its way. Its event may come before its answer: then the real one is here and this one steps back. */
export function commentPending(post: number, draft: Draft, knownBefore: ReadonlySet<number>): Pending {
  return (state) => {
    const arrived = Object.values(state.comments).some(
      (one) =>
        one.post === post &&
        one.user.id === draft.user.id &&
        one.text === draft.text &&
        one.parent === draft.parent &&
        !knownBefore.has(one.id),
    );
    if (arrived) return state;
    const comment = {
      id: draft.id,
      user: draft.user,
      parent: draft.parent,
      text: draft.text,
      media: draft.media,
      media_type: draft.mediaType,
      created_at: draft.at,
      updated_at: draft.at,
      reaction_summary: [],
      user_reaction: null,
    };
    const count = state.posts[post]?.comment_count ?? 0;
    return patchPost(putComment(state, post, comment, true), post, { comment_count: count + 1 });
  };
}

export const editPostPending =
  (id: number, title: string, content: string): Pending =>
  (state) =>
    patchPost(state, id, { title, content });

export const editCommentPending =
  (id: number, text: string): Pending =>
  (state) =>
    patchComment(state, id, { text });

export const deletePostPending =
  (id: number): Pending =>
  (state) =>
    dropPost(state, id);

export const deleteCommentPending =
  (post: number, id: number): Pending =>
  (state) =>
    dropComment(state, post, id);
