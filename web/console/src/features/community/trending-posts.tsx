import { ErrorState, messageOf, plural, Skeleton } from '@hearth/widgets';
import { Link } from '@tanstack/react-router';
import { useTrendingPosts } from './api';

export function TrendingPosts({ days }: { days: number }) {
  const posts = useTrendingPosts(days);
  return (
    <section className="h-card" aria-labelledby="most-talked">
      <h2 id="most-talked" className="card-title">
        Most talked about
      </h2>
      {posts.isPending ? <Skeleton lines={5} label="Loading posts" /> : null}
      {posts.isError ? <ErrorState message={messageOf(posts.error)} onRetry={() => void posts.refetch()} /> : null}
      {posts.data?.trending_posts.length === 0 ? <p className="h-muted">Nothing yet in this time.</p> : null}
      <ol className="h-trending">
        {posts.data?.trending_posts.map((post) => (
          <li key={post.post_id}>
            <span className="h-trending__title">
              <Link to="/posts/$id" params={{ id: String(post.post_id) }}>
                {post.post_title || 'Untitled post'}
              </Link>
            </span>
            <span className="h-muted">
              {post.author.username} · {plural(post.likes, 'like')} · {plural(post.comments, 'comment')}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
