import { useRef } from 'react';
import { Icon } from '../shared/icon';
import { MediaView } from './media-view';
import { ACCEPTED, type ChosenMedia } from './use-media';

export function MediaButton({ onChoose, disabled }: { onChoose: (file: File | null) => void; disabled: boolean }) {
  const input = useRef<HTMLInputElement>(null);
  return (
    <>
      <input
        ref={input}
        type="file"
        className="h-visually-hidden"
        accept={ACCEPTED}
        tabIndex={-1}
        aria-label="Choose a picture, video or sound"
        onChange={(event) => {
          onChoose(event.target.files?.[0] ?? null);
          event.target.value = '';
        }}
      />
      <button
        type="button"
        className="h-icon-button"
        aria-label="Add a picture, video or sound"
        title="Add a picture, video or sound"
        disabled={disabled}
        onClick={() => input.current?.click()}
      >
        <Icon name="image" />
      </button>
    </>
  );
}

interface PreviewProps {
  media: ChosenMedia | null;
  error: string | null;
  /** How much has been sent, 0 to 1; null when nothing is being sent. */
  progress: number | null;
  onRemove: () => void;
}

export function MediaPreview({ media, error, progress, onRemove }: PreviewProps) {
  if (error) {
    return (
      <p className="h-field-error" role="alert">
        {error}
      </p>
    );
  }
  if (!media) return null;
  return (
    <div className="h-preview">
      <MediaView src={media.preview} type={media.type} alt={`Preview of ${media.file.name}`} />
      {progress === null ? (
        <button
          type="button"
          className="h-icon-button h-preview__remove"
          aria-label="Remove the file"
          onClick={onRemove}
        >
          <Icon name="close" />
        </button>
      ) : (
        <progress className="h-progress" max={1} value={progress} aria-label="Sending" />
      )}
    </div>
  );
}
