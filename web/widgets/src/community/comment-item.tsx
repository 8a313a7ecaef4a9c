import { useEffect, useRef, useState } from 'react';
import { messageOf } from '../api/api-error';
import { useHearth } from '../provider/context';
import { Avatar } from '../shared/avatar';
import { Icon } from '../shared/icon';
import { PersonName } from '../shared/person-name';
import { RichText } from '../shared/rich-text';
import { TimeAgo } from '../shared/time-ago';
import { CommentForm } from './comment-form';
import { EditForm } from './edit-form';
import { mayChange } from './may-change';
import { MediaView } from './media-view';
import { OwnerActions } from './owner-actions';
import { ReactionBar } from './reaction-bar';
import type { ThreadComment } from './state';

interface CommentItemProps {
  comment: ThreadComment;
  /** The name of whoever it answers, where that is not plain from its place. */
  answers?: string;
}

export function CommentItem({ comment, answers }: CommentItemProps) {
  const { hearth, me, notify } = useHearth();
  const [mode, setMode] = useState<'read' | 'reply' | 'edit'>('read');
  const { post, id, user } = comment;
  const place = useRef<HTMLElement>(null);
  const isNamed = window.location.hash === `#comment-${id}`;
  // Mails and notifications name a comment in the page's address; it comes after the browser has looked for it.
  useEffect(() => {
    if (isNamed) place.current?.scrollIntoView({ block: 'center' });
  }, [isNamed]);
  const complain = (error: unknown) => notify(messageOf(error), 'error');
  const save = ({ text }: { text: string }) => {
    setMode('read');
    if (text !== comment.text) hearth.community.editComment(post, id, text).catch(complain);
  };
  return (
    <article
      ref={place}
      id={`comment-${id}`}
      className={`h-comment${comment.pending ? ' h-comment--pending' : ''}${isNamed ? ' h-comment--named' : ''}`}
      aria-label={`Comment by ${user.display_name}`}
    >
      <Avatar user={user} size="sm" />
      <div className="h-comment__body">
        <header className="h-comment__head">
          <PersonName user={user} />
          {answers ? (
            <span className="h-comment__answers">
              <Icon name="reply" />
              {answers}
            </span>
          ) : null}
          {comment.pending ? <span className="h-time">sending…</span> : <TimeAgo at={comment.created_at} />}
          {comment.updated_at > comment.created_at ? <span className="h-time">edited</span> : null}
        </header>
        {mode === 'edit' ? (
          <EditForm text={comment.text} onSave={save} onCancel={() => setMode('read')} />
        ) : (
          <p className="h-comment__text">
            <RichText text={comment.text} />
          </p>
        )}
        <MediaView src={comment.media} type={comment.media_type} alt={`From ${user.display_name}'s comment`} />
        {comment.pending ? null : (
          <footer className="h-comment__foot">
            <ReactionBar
              kind="ventcomment"
              id={id}
              summary={comment.reaction_summary}
              mine={comment.user_reaction}
              size="sm"
            />
            {me ? (
              <button
                type="button"
                className="h-link"
                aria-expanded={mode === 'reply'}
                onClick={() => setMode(mode === 'reply' ? 'read' : 'reply')}
              >
                Reply
              </button>
            ) : null}
            {mayChange(me, user) ? (
              <OwnerActions
                what="comment"
                onEdit={() => setMode('edit')}
                onDelete={() => void hearth.community.deleteComment(post, id).catch(complain)}
              />
            ) : null}
          </footer>
        )}
        {mode === 'reply' ? (
          <CommentForm post={post} parent={id} replyTo={user.display_name} autoFocus onDone={() => setMode('read')} />
        ) : null}
      </div>
    </article>
  );
}
