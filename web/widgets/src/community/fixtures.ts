import type { Comment, Post } from '../api/wire';

/** What tests need of the wire, with only what matters to them spelled out. */

const amina = { id: 'amina', display_name: 'Amina', profile_photo: null };
const AT = '2025-01-17T10:30:00Z';

export function aPost(id: number, change: Partial<Post> = {}): Post {
  return {
    id,
    user: amina,
    title: null,
    content: `Post ${id}`,
    media: null,
    media_type: null,
    created_at: AT,
    updated_at: AT,
    views: 0,
    has_viewed: false,
    comment_count: 0,
    reaction_summary: [],
    user_reaction: null,
    ...change,
  };
}

export function aComment(id: number, change: Partial<Comment> = {}): Comment {
  return {
    id,
    user: amina,
    parent: null,
    text: `Comment ${id}`,
    media: null,
    media_type: null,
    created_at: AT,
    updated_at: AT,
    replies: [],
    reaction_summary: [],
    user_reaction: null,
    ...change,
  };
}

export function aPage<T>(results: T[], next: string | null = null) {
  return { count: results.length, next, previous: null, results };
}

export function eventId(position: number): string {
  return position.toString(16).padStart(16, '0');
}
