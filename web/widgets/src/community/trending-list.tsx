import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { messageOf } from '../api/api-error';
import type { Post } from '../api/wire';
import { useHearth } from '../provider/context';
import { plural } from '../shared/short-number';
import { ErrorState, Skeleton } from '../shared/states';

export interface TrendingListProps {
  limit?: number;
  link?: (post: Post, children: ReactNode) => ReactNode;
}

const EVERY = 60_000;

/** What most people looked at in the last 24 hours. */
export function TrendingList({ limit = 5, link }: TrendingListProps) {
  const { hearth, me } = useHearth();
  const trending = useQuery({
    queryKey: ['ventroom', 'trending', me?.id],
    queryFn: () => hearth.communityApi.trending(),
    enabled: Boolean(me),
    refetchInterval: EVERY,
  });
  if (trending.isPending) return <Skeleton label="Loading trending posts" />;
  if (trending.isError)
    return <ErrorState message={messageOf(trending.error)} onRetry={() => void trending.refetch()} />;
  const posts = trending.data.results.slice(0, limit);
  if (posts.length === 0) return <p className="h-muted">Nothing is trending yet.</p>;
  return (
    <ol className="h-trending">
      {posts.map((post) => {
        const title = post.title || post.content.slice(0, 80);
        return (
          <li key={post.id}>
            <span className="h-trending__title">{link ? link(post, title) : title}</span>
            <span className="h-muted">
              {post.user.display_name} · {plural(post.views, 'view')}
            </span>
          </li>
        );
      })}
    </ol>
  );
}
