import { type Http, ok } from '../api/http';
import type { paths } from '../api/schema';
import type {
  Comment,
  ContentType,
  MediaType,
  Page,
  Post,
  PostWithComments,
  ReactionType,
  Reply,
  ViewStats,
} from '../api/wire';

export type PostQuery = NonNullable<paths['/api/ventroom/posts/']['get']['parameters']['query']>;
export type CommentQuery = NonNullable<paths['/api/ventroom/posts/{id}/comments/']['get']['parameters']['query']>;

interface Attached {
  media?: { file: File; type: MediaType } | null;
  /** Makes a repeat harmless: the server answers with what the first one made. */
  key: string;
  onProgress?: (fraction: number) => void;
}

export interface NewPost extends Attached {
  title: string;
  content: string;
  group?: number;
  campaign?: number;
}

export interface NewComment extends Attached {
  text: string;
  parent: number | null;
}

/** The Vent Room's calls; one short method each. */
export class CommunityApi {
  constructor(private readonly http: Http) {}

  private get api() {
    return this.http.api;
  }

  posts(query: PostQuery): Promise<Page<Post>> {
    return ok(this.api.GET('/api/ventroom/posts/', { params: { query } }));
  }

  trending(): Promise<Page<Post>> {
    return ok(this.api.GET('/api/ventroom/posts/trending/'));
  }

  withComments(id: number): Promise<PostWithComments> {
    return ok(this.api.GET('/api/ventroom/posts/{id}/with_comments/', { params: { path: { id } } }));
  }

  viewStats(id: number): Promise<ViewStats> {
    return ok(this.api.GET('/api/ventroom/posts/{id}/view_stats/', { params: { path: { id } } }));
  }

  comments(id: number, query: CommentQuery): Promise<Page<Comment | Reply>> {
    return ok(this.api.GET('/api/ventroom/posts/{id}/comments/', { params: { path: { id }, query } }));
  }

  createPost({ media, key, onProgress, ...body }: NewPost): Promise<Post> {
    if (media) return this.http.upload('/api/ventroom/posts/', form(body, media), { idempotencyKey: key, onProgress });
    return ok(this.api.POST('/api/ventroom/posts/', { body, params: { header: { 'Idempotency-Key': key } } }));
  }

  editPost(id: number, body: { title: string; content: string }): Promise<Post> {
    return ok(this.api.PATCH('/api/ventroom/posts/{id}/', { params: { path: { id } }, body }));
  }

  deletePost(id: number): Promise<unknown> {
    return ok(this.api.DELETE('/api/ventroom/posts/{id}/', { params: { path: { id } } }));
  }

  createComment(id: number, { media, key, onProgress, ...body }: NewComment): Promise<Comment> {
    if (media) {
      return this.http.upload(`/api/ventroom/posts/${id}/comments/`, form(body, media), {
        idempotencyKey: key,
        onProgress,
      });
    }
    const params = { path: { id }, header: { 'Idempotency-Key': key } };
    return ok(this.api.POST('/api/ventroom/posts/{id}/comments/', { params, body }));
  }

  editComment(id: number, comment: number, text: string): Promise<Comment> {
    const params = { path: { id, comment } };
    return ok(this.api.PATCH('/api/ventroom/posts/{id}/comments/{comment}/', { params, body: { text } }));
  }

  deleteComment(id: number, comment: number): Promise<unknown> {
    return ok(this.api.DELETE('/api/ventroom/posts/{id}/comments/{comment}/', { params: { path: { id, comment } } }));
  }

  react(content_type: ContentType, object_id: number, reaction_type: ReactionType): Promise<unknown> {
    return ok(this.api.POST('/api/ventroom/reactions/', { body: { content_type, object_id, reaction_type } }));
  }

  unreact(content_type: ContentType, object_id: number): Promise<unknown> {
    return ok(this.api.DELETE('/api/ventroom/reactions/', { params: { query: { content_type, object_id } } }));
  }

  bookmark(id: number): Promise<unknown> {
    return ok(this.api.POST('/api/ventroom/posts/{id}/bookmark/', { params: { path: { id } } }));
  }

  unbookmark(id: number): Promise<unknown> {
    return ok(this.api.DELETE('/api/ventroom/posts/{id}/bookmark/', { params: { path: { id } } }));
  }

  share(id: number): Promise<unknown> {
    return ok(this.api.POST('/api/ventroom/posts/{id}/share/', { params: { path: { id } } }));
  }

  markViewed(post_ids: number[]): Promise<unknown> {
    return ok(this.api.POST('/api/ventroom/posts/mark_as_viewed/', { body: { post_ids } }));
  }
}

function form(fields: object, media: { file: File; type: MediaType }): FormData {
  const data = new FormData();
  for (const [name, value] of Object.entries(fields)) {
    if (value !== null && value !== undefined) data.set(name, String(value));
  }
  data.set('media', media.file);
  data.set('media_type', media.type);
  return data;
}
