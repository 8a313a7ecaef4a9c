import { Icon, messageOf } from '@hearth/widgets';
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useChangeComments } from './talk-api';

interface CommentFormProps {
  skill: string;
  /** The comment that is answered; null for the skill itself. */
  parent: string | null;
  replyTo?: string;
  onDone?: () => void;
}

export function CommentForm({ skill, parent, replyTo, onDone }: CommentFormProps) {
  const { add } = useChangeComments(skill);
  const [text, setText] = useState('');
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (parent !== null) field.current?.focus();
  }, [parent]);
  const label = replyTo ? `Reply to ${replyTo}` : 'Write a comment';
  const ready = text.trim() !== '' && !add.isPending;
  const send = (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    add.mutate(
      { text: text.trim(), parent },
      {
        onSuccess: () => {
          setText('');
          onDone?.();
        },
      },
    );
  };
  const sendByKey = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    event.currentTarget.form?.requestSubmit();
  };
  return (
    <form className="h-comment-form" aria-label={label} onSubmit={send}>
      <div className="h-comment-form__row">
        <textarea
          ref={field}
          rows={1}
          value={text}
          maxLength={5000}
          placeholder={`${label}…`}
          aria-label={label}
          onKeyDown={sendByKey}
          onChange={(event) => setText(event.target.value)}
        />
        <button type="submit" className="h-icon-button h-icon-button--strong" aria-label="Send" disabled={!ready}>
          <Icon name="send" />
        </button>
      </div>
      {add.isError ? (
        <p className="h-field-error" role="alert">
          {messageOf(add.error)}
        </p>
      ) : null}
    </form>
  );
}
