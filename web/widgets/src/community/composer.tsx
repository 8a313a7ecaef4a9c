import { type FormEvent, useId, useRef, useState } from 'react';
import { ApiError, messageOf } from '../api/api-error';
import { newKey } from '../api/http';
import type { Post } from '../api/wire';
import { useHearth } from '../provider/context';
import { Avatar } from '../shared/avatar';
import { submitOnModEnter } from '../shared/submit-key';
import { MediaButton, MediaPreview } from './media-picker';
import { useMedia } from './use-media';

export interface ComposerProps {
  /** Posts into this group. */
  group?: number;
  /** Makes it a post of this campaign. */
  campaign?: number;
  placeholder?: string;
  onPosted?: (post: Post) => void;
}

const LONGEST_TITLE = 150;
const LONGEST = 10_000;

/** Writes a post: text, an optional title, one file. What was typed stays until the server has it. */
export function Composer({ group, campaign, placeholder = 'What is on your mind?', onPosted }: ComposerProps) {
  const { hearth, me } = useHearth();
  const id = useId();
  const [title, setTitle] = useState('');
  const [content, setContent] = useState('');
  const [open, setOpen] = useState(false);
  const [progress, setProgress] = useState<number | null>(null);
  const [error, setError] = useState<ApiError | Error | null>(null);
  const { media, error: mediaError, choose } = useMedia();
  // One key per draft: pressing again after a lost answer does not post twice.
  const key = useRef(newKey());
  if (!me) return null;

  const sending = progress !== null;
  const ready = content.trim() !== '' && !sending;

  const send = async (event: FormEvent) => {
    event.preventDefault();
    if (!ready) return;
    setProgress(0);
    setError(null);
    try {
      const post = await hearth.community.createPost({
        title: title.trim(),
        content: content.trim(),
        group,
        campaign,
        media,
        key: key.current,
        onProgress: setProgress,
      });
      key.current = newKey();
      setTitle('');
      setContent('');
      choose(null);
      setOpen(false);
      onPosted?.(post);
    } catch (problem) {
      // A refused draft will be changed: another body needs another key.
      if (problem instanceof ApiError && !problem.isOffline) key.current = newKey();
      setError(problem instanceof Error ? problem : new Error(messageOf(problem)));
    } finally {
      setProgress(null);
    }
  };

  const expanded = open || content !== '' || title !== '' || media !== null;
  return (
    <form className="h-card h-composer" onSubmit={send} aria-label="New post">
      <div className="h-composer__row">
        <Avatar user={me} />
        <div className="h-composer__fields">
          {expanded ? (
            <input
              className="h-composer__title"
              value={title}
              maxLength={LONGEST_TITLE}
              placeholder="Title (optional)"
              aria-label="Title (optional)"
              onChange={(event) => setTitle(event.target.value)}
            />
          ) : null}
          <textarea
            className="h-composer__text"
            rows={expanded ? 3 : 1}
            value={content}
            maxLength={LONGEST}
            placeholder={placeholder}
            aria-label="Post text"
            aria-describedby={error ? `${id}-error` : undefined}
            onFocus={() => setOpen(true)}
            onKeyDown={submitOnModEnter}
            onChange={(event) => setContent(event.target.value)}
          />
          <MediaPreview
            media={media}
            error={mediaError}
            progress={media ? progress : null}
            onRemove={() => choose(null)}
          />
          {error ? (
            <p className="h-field-error" id={`${id}-error`} role="alert">
              {error.message}
            </p>
          ) : null}
        </div>
      </div>
      {expanded ? (
        <div className="h-composer__actions">
          <MediaButton onChoose={choose} disabled={sending} />
          <button type="submit" className="h-button" disabled={!ready}>
            {sending ? 'Posting…' : 'Post'}
          </button>
        </div>
      ) : null}
    </form>
  );
}
