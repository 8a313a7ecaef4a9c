import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { messageOf } from '../api/api-error';
import type { TrendingPost } from '../api/engagement-wire';
import { ok } from '../api/http';
import { useHearth } from '../provider/context';
import { plural } from '../shared/short-number';
import { ErrorState, SignedOut, Skeleton } from '../shared/states';

export interface TrendingPostsProps {
  /** Over how many days. */
  days?: number;
  limit?: number;
  /** Makes the title a link; the page decides where to. */
  link?: (post: { id: number }, children: ReactNode) => ReactNode;
  className?: string;
}

const EVERY = 60_000;

/** The posts that people did most with: liked, commented, shared, kept. */
export function TrendingPosts({ days = 7, limit = 10, link, className = '' }: TrendingPostsProps) {
  const { hearth, me } = useHearth();
  const posts = useQuery({
    queryKey: ['engagement', 'trending', days, limit],
    enabled: Boolean(me),
    refetchInterval: EVERY,
    queryFn: () =>
      ok(hearth.http.api.GET('/api/engagement/analytics/trending/', { params: { query: { days, limit } } })),
  });
  if (me === null) return <SignedOut />;
  if (posts.isPending) return <Skeleton lines={5} label="Loading posts" />;
  if (posts.isError) return <ErrorState message={messageOf(posts.error)} onRetry={() => void posts.refetch()} />;
  const list = posts.data.trending_posts;
  if (list.length === 0) return <p className="h-muted">Nothing yet in this time.</p>;
  return (
    <ol className={`h-trending ${className}`}>
      {list.map((post) => (
        <li key={post.post_id}>
          <span className="h-trending__title">{link ? link({ id: post.post_id }, titleOf(post)) : titleOf(post)}</span>
          <span className="h-muted">
            {post.author.username} · {plural(post.likes, 'like')} · {plural(post.comments, 'comment')}
          </span>
        </li>
      ))}
    </ol>
  );
}

function titleOf(post: TrendingPost): string {
  return post.post_title || 'Untitled post';
}
