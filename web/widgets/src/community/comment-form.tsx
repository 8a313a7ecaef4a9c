import { type FormEvent, useEffect, useRef, useState } from 'react';
import { messageOf } from '../api/api-error';
import { newKey } from '../api/http';
import { useHearth } from '../provider/context';
import { Icon } from '../shared/icon';
import { submitOnModEnter } from '../shared/submit-key';
import { MediaButton, MediaPreview } from './media-picker';
import { useMedia } from './use-media';

interface CommentFormProps {
  post: number;
  /** The comment that is answered; null for the post itself. */
  parent: number | null;
  replyTo?: string;
  autoFocus?: boolean;
  onDone?: () => void;
}

const LONGEST = 10_000;

export function CommentForm({ post, parent, replyTo, autoFocus = false, onDone }: CommentFormProps) {
  const { hearth, me } = useHearth();
  const [text, setText] = useState('');
  const [error, setError] = useState<string | null>(null);
  const [progress, setProgress] = useState<number | null>(null);
  const { media, error: mediaError, choose } = useMedia();
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (autoFocus) field.current?.focus();
  }, [autoFocus]);
  if (!me) return null;
  const ready = text.trim() !== '' && progress === null;

  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    const sent = text.trim();
    setError(null);
    setText('');
    setProgress(0);
    try {
      await hearth.community.createComment(
        post,
        me,
        { text: sent, parent, media, key: newKey(), onProgress: setProgress },
        media?.preview ?? null,
      );
      choose(null);
      onDone?.();
    } catch (problem) {
      // The comment is taken back; what was typed is not lost.
      setText(sent);
      setError(messageOf(problem));
    } finally {
      setProgress(null);
    }
  };

  const label = replyTo ? `Reply to ${replyTo}` : 'Write a comment';
  return (
    <form className="h-comment-form" onSubmit={send} aria-label={label}>
      <div className="h-comment-form__row">
        <textarea
          ref={field}
          rows={1}
          value={text}
          maxLength={LONGEST}
          placeholder={`${label}…`}
          aria-label={label}
          onKeyDown={submitOnModEnter}
          onChange={(event) => setText(event.target.value)}
        />
        <MediaButton onChoose={choose} disabled={progress !== null} />
        <button type="submit" className="h-icon-button h-icon-button--strong" aria-label="Send" disabled={!ready}>
          <Icon name="send" />
        </button>
      </div>
      <MediaPreview media={media} error={mediaError} progress={media ? progress : null} onRemove={() => choose(null)} />
      {error ? (
        <p className="h-field-error" role="alert">
          {error}
        </p>
      ) : null}
    </form>
  );
}
