import { useEffect } from 'react';
import { useCommunity, useHearth } from '../provider/context';
import { ErrorState, Skeleton } from '../shared/states';
import { PostCard } from './post-card';

export interface PostViewProps {
  postId: number;
  onDeleted?: () => void;
}

/** One post with its comments, on a page of its own: one request brings both. */
export function PostView({ postId, onDeleted }: PostViewProps) {
  const { hearth, me } = useHearth();
  const { community } = hearth;
  const post = useCommunity((state) => state.posts[postId]);
  const thread = useCommunity((state) => state.threads[postId]);
  const known = me !== undefined;
  useEffect(() => {
    if (known) void community.loadThread(postId);
  }, [community, postId, known]);
  if (post) return <PostCard key={postId} post={post} open onDeleted={onDeleted} />;
  if (thread?.status === 'failed') {
    return <ErrorState message={thread.error ?? ''} onRetry={() => void community.loadThread(postId)} />;
  }
  if (thread?.status === 'ready') return <ErrorState message="This post is gone." />;
  return (
    <div className="h-card">
      <Skeleton lines={5} label="Loading the post" />
    </div>
  );
}
