import { EmptyState, ErrorState, messageOf, Skeleton, type Skill, type SkillComment } from '@hearth/widgets';
import { useEffect, useState } from 'react';
import { ShowMore } from '../../shared/show-more';
import { CommentForm } from './comment-form';
import { useNamedComment } from './named-comment';
import { SkillRemark } from './skill-remark';
import { useComments } from './talk-api';

/** What people say about a skill; from the comment on that the address names, where it names one. */
export function SkillComments({ skill }: { skill: Skill }) {
  const named = useNamedComment();
  const [left, setLeft] = useState<string>();
  const at = named === left ? undefined : named;
  const found = useComments(skill.id, { at });
  const comments = found.data?.pages.flatMap((page) => page.results);
  // The page that was asked for begins with what the named one hangs under.
  const asked = (found.data?.pageParams as object[] | undefined)?.findIndex(
    (query) => 'at' in query && !('cursor' in query),
  );
  const root = found.data?.pages[asked ?? -1]?.results[0]?.id;
  return (
    <section className="h-card" aria-labelledby="comments">
      <h2 id="comments" className="card-title">
        Comments
      </h2>
      <div className="h-thread skill__talk">
        <CommentForm skill={skill.id} parent={null} onDone={() => setLeft(named)} />
        {found.isPending ? <Skeleton label="Loading comments" /> : null}
        {found.isError ? <ErrorState message={messageOf(found.error)} onRetry={() => void found.refetch()} /> : null}
        {comments?.length === 0 ? (
          <EmptyState title="No comments yet">Ask, thank, or tell how it went.</EmptyState>
        ) : null}
        {at && found.hasPreviousPage ? (
          <button
            type="button"
            className="h-link"
            disabled={found.isFetching}
            onClick={() => void found.fetchPreviousPage()}
          >
            Show newer comments
          </button>
        ) : null}
        <ul className="h-thread__list">
          {comments?.map((comment) => (
            <li key={comment.id}>
              <SkillRemark skill={skill} remark={comment} />
              <Replies skill={skill} comment={comment} at={at !== root && comment.id === root ? at : undefined} />
            </li>
          ))}
        </ul>
        {found.hasNextPage ? (
          <button
            type="button"
            className="h-link"
            disabled={found.isFetching}
            onClick={() => void found.fetchNextPage()}
          >
            Show more comments
          </button>
        ) : null}
      </div>
    </section>
  );
}

interface RepliesProps {
  skill: Skill;
  comment: SkillComment;
  /** The reply that is looked for. */
  at: string | undefined;
}

/** The first three come with their comment; all of them when asked for, or when one of the others is. */
function Replies({ skill, comment, at }: RepliesProps) {
  const [all, setAll] = useState(false);
  const isAmongFirst =
    comment.replies.length === comment.reply_count || comment.replies.some((reply) => reply.id === at);
  // They stay open when other pages are there and nothing is looked for any more.
  if (at && !isAmongFirst && !all) setAll(true);
  if (comment.reply_count === 0) return null;
  if (all) return <AllReplies skill={skill} comment={comment} at={at} />;
  return (
    <>
      <ul className="h-thread__replies">
        {comment.replies.map((reply) => (
          <li key={reply.id}>
            <SkillRemark skill={skill} remark={reply} />
          </li>
        ))}
      </ul>
      {comment.reply_count > comment.replies.length ? (
        <button type="button" className="h-link h-thread__more" onClick={() => setAll(true)}>
          Show all {comment.reply_count} replies
        </button>
      ) : null}
    </>
  );
}

function AllReplies({ skill, comment, at }: RepliesProps) {
  const found = useComments(skill.id, { parent: comment.id });
  const replies = found.data?.pages.flatMap((page) => page.results) ?? comment.replies;
  const { hasNextPage, isFetchingNextPage, fetchNextPage } = found;
  const isMissing = at !== undefined && !replies.some((reply) => reply.id === at);
  useEffect(() => {
    if (isMissing && hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [isMissing, hasNextPage, isFetchingNextPage, fetchNextPage]);
  return (
    <>
      <ul className="h-thread__replies">
        {replies.map((reply) => (
          <li key={reply.id}>
            <SkillRemark skill={skill} remark={reply} />
          </li>
        ))}
      </ul>
      {found.isError ? <ErrorState message={messageOf(found.error)} onRetry={() => void found.refetch()} /> : null}
      <ShowMore list={found} className="h-link h-thread__more">
        Show more replies
      </ShowMore>
    </>
  );
}
