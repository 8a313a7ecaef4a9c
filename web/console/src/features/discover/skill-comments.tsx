import { EmptyState, ErrorState, messageOf, Skeleton, type Skill, type SkillComment } from '@hearth/widgets';
import { useState } from 'react';
import { CommentForm } from './comment-form';
import { SkillRemark } from './skill-remark';
import { useComments } from './talk-api';

/** What people say about a skill. */
export function SkillComments({ skill }: { skill: Skill }) {
  const found = useComments(skill.id);
  const comments = found.data?.pages.flatMap((page) => page.results);
  return (
    <section className="h-card" aria-labelledby="comments">
      <h2 id="comments" className="card-title">
        Comments
      </h2>
      <div className="h-thread skill__talk">
        <CommentForm skill={skill.id} parent={null} />
        {found.isPending ? <Skeleton label="Loading comments" /> : null}
        {found.isError ? <ErrorState message={messageOf(found.error)} onRetry={() => void found.refetch()} /> : null}
        {comments?.length === 0 ? (
          <EmptyState title="No comments yet">Ask, thank, or tell how it went.</EmptyState>
        ) : null}
        <ul className="h-thread__list">
          {comments?.map((comment) => (
            <li key={comment.id}>
              <SkillRemark skill={skill} remark={comment} />
              <Replies skill={skill} comment={comment} />
            </li>
          ))}
        </ul>
        {found.hasNextPage ? (
          <button
            type="button"
            className="h-link"
            disabled={found.isFetchingNextPage}
            onClick={() => void found.fetchNextPage()}
          >
            Show more comments
          </button>
        ) : null}
      </div>
    </section>
  );
}

/** The first three come with their comment; all of them when asked for. */
function Replies({ skill, comment }: { skill: Skill; comment: SkillComment }) {
  const [all, setAll] = useState(false);
  if (comment.reply_count === 0) return null;
  if (all) return <AllReplies skill={skill} comment={comment} />;
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

function AllReplies({ skill, comment }: { skill: Skill; comment: SkillComment }) {
  const found = useComments(skill.id, comment.id);
  const replies = found.data?.pages.flatMap((page) => page.results) ?? comment.replies;
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
      {found.hasNextPage ? (
        <button type="button" className="h-link h-thread__more" onClick={() => void found.fetchNextPage()}>
          Show more replies
        </button>
      ) : null}
    </>
  );
}
