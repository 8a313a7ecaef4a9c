import type { Http, Query } from '../api/http';
import type {
  Comment,
  ContentType,
  MediaType,
  Page,
  Post,
  PostWithComments,
  ReactionType,
  ViewStats,
} from '../api/wire';

const ROOT = '/api/ventroom';

export interface NewPost {
  title: string;
  content: string;
  group?: number;
  media?: { file: File; type: MediaType } | null;
  key: string;
  onProgress?: (fraction: number) => void;
}

export interface NewComment {
  text: string;
  parent: number | null;
  media?: { file: File; type: MediaType } | null;
  key: string;
  onProgress?: (fraction: number) => void;
}

/** The Vent Room's calls; one short method each. */
export class CommunityApi {
  constructor(private readonly http: Http) {}

  posts(query: Query | string): Promise<Page<Post>> {
    return this.http.get(`${ROOT}/posts/`, query);
  }

  trending(): Promise<Page<Post>> {
    return this.http.get(`${ROOT}/posts/trending/`);
  }

  post(id: number): Promise<Post> {
    return this.http.get(`${ROOT}/posts/${id}/`);
  }

  withComments(id: number): Promise<PostWithComments> {
    return this.http.get(`${ROOT}/posts/${id}/with_comments/`);
  }

  viewStats(id: number): Promise<ViewStats> {
    return this.http.get(`${ROOT}/posts/${id}/view_stats/`);
  }

  comments(post: number, query: Query | string): Promise<Page<Comment>> {
    return this.http.get(`${ROOT}/posts/${post}/comments/`, query);
  }

  createPost({ media, key, onProgress, ...fields }: NewPost): Promise<Post> {
    return this.http.post(`${ROOT}/posts/`, body(fields, media), { idempotencyKey: key, onProgress });
  }

  editPost(id: number, change: { title: string; content: string }): Promise<Post> {
    return this.http.send('PATCH', `${ROOT}/posts/${id}/`, { body: change });
  }

  deletePost(id: number): Promise<void> {
    return this.http.send('DELETE', `${ROOT}/posts/${id}/`);
  }

  createComment(post: number, { media, key, onProgress, ...fields }: NewComment): Promise<Comment> {
    return this.http.post(`${ROOT}/posts/${post}/comments/`, body(fields, media), { idempotencyKey: key, onProgress });
  }

  editComment(post: number, id: number, text: string): Promise<Comment> {
    return this.http.send('PATCH', `${ROOT}/posts/${post}/comments/${id}/`, { body: { text } });
  }

  deleteComment(post: number, id: number): Promise<void> {
    return this.http.send('DELETE', `${ROOT}/posts/${post}/comments/${id}/`);
  }

  react(content_type: ContentType, object_id: number, reaction_type: ReactionType): Promise<unknown> {
    return this.http.post(`${ROOT}/reactions/`, { content_type, object_id, reaction_type });
  }

  unreact(content_type: ContentType, object_id: number): Promise<void> {
    return this.http.send('DELETE', `${ROOT}/reactions/`, { query: { content_type, object_id } });
  }

  markViewed(post_ids: readonly number[]): Promise<unknown> {
    return this.http.post(`${ROOT}/posts/mark_as_viewed/`, { post_ids });
  }

  bookmark(id: number, on: boolean): Promise<unknown> {
    return this.http.send(on ? 'POST' : 'DELETE', `${ROOT}/posts/${id}/bookmark/`);
  }

  share(id: number): Promise<unknown> {
    return this.http.post(`${ROOT}/posts/${id}/share/`);
  }
}

/** JSON, or a form where a file goes with it. */
function body(fields: object, media?: { file: File; type: MediaType } | null): unknown {
  if (!media) return fields;
  const form = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (value !== null && value !== undefined) form.set(name, String(value));
  }
  form.set('media', media.file);
  form.set('media_type', media.type);
  return form;
}
