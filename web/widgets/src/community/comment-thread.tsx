import { useEffect, useState } from 'react';
import { messageOf } from '../api/api-error';
import { useCommunity, useHearth } from '../provider/context';
import { EmptyState, ErrorState, Skeleton } from '../shared/states';
import { useGroup } from '../shared/use-group';
import { CommentForm } from './comment-form';
import { CommentItem } from './comment-item';
import { REPLIES_SHOWN } from './reduce';
import { EMPTY_THREAD } from './state';

export interface CommentThreadProps {
  postId: number;
  /** False where whoever shows it has asked for the comments already. */
  load?: boolean;
}

/** A post's comments: newest first, replies below, live while it is shown. */
export function CommentThread({ postId, load = true }: CommentThreadProps) {
  const { hearth, me } = useHearth();
  const { community } = hearth;
  const thread = useCommunity((state) => state.threads[postId]) ?? EMPTY_THREAD;
  const [busy, setBusy] = useState(false);
  useGroup(postId);
  const known = me !== undefined;
  useEffect(() => {
    if (known && load) void community.loadThread(postId);
  }, [community, postId, known, load]);

  const named = Number(/^#comment-(\d+)$/.exec(window.location.hash)?.[1] ?? 0);
  const isReady = thread.status === 'ready';
  useEffect(() => {
    // Where it fails the thread is shown from its beginning, as without the name.
    if (named > 0 && isReady) void community.findComment(postId, named).catch(() => {});
  }, [community, postId, named, isReady]);

  const more = () => {
    setBusy(true);
    void community.loadMoreComments(postId).finally(() => setBusy(false));
  };
  const empty = thread.roots.length === 0;
  return (
    <section className="h-thread" aria-label="Comments">
      <CommentForm post={postId} parent={null} />
      {thread.status === 'failed' ? (
        <ErrorState message={thread.error ?? ''} onRetry={() => void community.loadThread(postId)} />
      ) : null}
      {thread.status === 'loading' && empty ? <Skeleton label="Loading comments" /> : null}
      {thread.status === 'ready' && empty ? <EmptyState title="No comments yet">Say the first word.</EmptyState> : null}
      <ol className="h-thread__list">
        {thread.roots.map((root) => (
          <li key={root}>
            <Branch postId={postId} root={root} />
          </li>
        ))}
      </ol>
      {thread.next !== null && thread.status === 'ready' ? (
        <button type="button" className="h-button h-button--quiet" disabled={busy} onClick={more}>
          Older comments
        </button>
      ) : null}
    </section>
  );
}

const NONE: readonly number[] = [];

/** A top-level comment with what hangs below it. */
function Branch({ postId, root }: { postId: number; root: number }) {
  const { hearth, notify } = useHearth();
  const comments = useCommunity((state) => state.comments);
  const replies = useCommunity((state) => state.threads[postId]?.replies[root]) ?? NONE;
  const whole = useCommunity((state) => state.threads[postId]?.whole[root]) ?? false;
  const [busy, setBusy] = useState(false);
  const top = comments[root];
  if (!top) return null;
  const all = async () => {
    setBusy(true);
    try {
      await hearth.community.loadReplies(postId, root);
    } catch (error) {
      notify(messageOf(error), 'error');
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <CommentItem comment={top} />
      {replies.length > 0 ? (
        <ol className="h-thread__replies" aria-label={`Replies to ${top.user.display_name}`}>
          {replies.map((id) => {
            const reply = comments[id];
            if (!reply) return null;
            const parent = reply.parent === null || reply.parent === undefined ? undefined : comments[reply.parent];
            return (
              <li key={id}>
                <CommentItem
                  comment={reply}
                  answers={parent && parent.id !== root ? parent.user.display_name : undefined}
                />
              </li>
            );
          })}
        </ol>
      ) : null}
      {!whole && replies.length >= REPLIES_SHOWN ? (
        <button type="button" className="h-link h-thread__more" disabled={busy} onClick={() => void all()}>
          Show all replies
        </button>
      ) : null}
    </>
  );
}
