import {
  Avatar,
  messageOf,
  PersonName,
  RichText,
  type Skill,
  type SkillComment,
  type SkillReply,
  TimeAgo,
  useHearth,
} from '@hearth/widgets';
import { useState } from 'react';
import { useSession } from '../auth/use-session';
import { ReportButton } from '../report/report-button';
import { CommentForm } from './comment-form';
import { DeleteButton } from './delete-button';
import { mayDelete } from './may-delete';
import { useNamedComment, usePlace } from './named-comment';
import { useChangeComments } from './talk-api';

interface SkillRemarkProps {
  skill: Skill;
  remark: SkillComment | SkillReply;
}

/** A comment on a skill, or a reply to one. */
export function SkillRemark({ skill, remark }: SkillRemarkProps) {
  const { notify } = useHearth();
  const { user } = useSession();
  const [replying, setReplying] = useState(false);
  const { remove } = useChangeComments(skill.id);
  const { author } = remark;
  const isNamed = useNamedComment() === remark.id;
  const place = usePlace(isNamed);
  return (
    <article
      ref={place}
      id={`comment-${remark.id}`}
      className={`h-comment${isNamed ? ' h-comment--named' : ''}`}
      aria-label={`Comment by ${author.display_name}`}
    >
      <Avatar user={author} size="sm" />
      <div className="h-comment__body">
        <header className="h-comment__head">
          <PersonName user={author} />
          <TimeAgo at={remark.created_at} />
        </header>
        <p className="h-comment__text">
          <RichText text={remark.text} />
        </p>
        <footer className="h-comment__foot">
          <button type="button" className="h-link" aria-expanded={replying} onClick={() => setReplying(!replying)}>
            Reply
          </button>
          {mayDelete(user, author.id, skill.author.id) ? (
            <DeleteButton
              what="comment"
              disabled={remove.isPending}
              onDelete={() => remove.mutate(remark.id, { onError: (error) => notify(messageOf(error), 'error') })}
            />
          ) : null}
          {author.id === user?.id ? null : <ReportButton kind="comment" id={remark.id} />}
        </footer>
        {replying ? (
          <CommentForm
            skill={skill.id}
            parent={remark.id}
            replyTo={author.display_name}
            onDone={() => setReplying(false)}
          />
        ) : null}
      </div>
    </article>
  );
}
