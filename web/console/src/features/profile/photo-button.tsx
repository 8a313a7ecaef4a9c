import { messageOf, useHearth } from '@hearth/widgets';
import { useRef } from 'react';
import { useChangePhoto } from './api';

const LARGEST = 10 * 1024 * 1024;

/** Chooses a picture of oneself and sends it. */
export function PhotoButton({ hasPhoto }: { hasPhoto: boolean }) {
  const { notify } = useHearth();
  const input = useRef<HTMLInputElement>(null);
  const change = useChangePhoto();
  const send = (file: File | undefined) => {
    if (!file) return;
    if (file.size > LARGEST) {
      notify('The picture is larger than 10 MB. Choose a smaller one.', 'error');
      return;
    }
    change.mutate(file, {
      onSuccess: () => notify('Your photo is there.'),
      onError: (error) => notify(messageOf(error), 'error'),
    });
  };
  return (
    <>
      <input
        ref={input}
        type="file"
        className="h-visually-hidden"
        accept="image/jpeg,image/png,image/gif,image/webp"
        tabIndex={-1}
        aria-label="Choose a photo of you"
        onChange={(event) => {
          send(event.target.files?.[0]);
          event.target.value = '';
        }}
      />
      <button
        type="button"
        className="h-button h-button--quiet h-button--sm"
        disabled={change.isPending}
        onClick={() => input.current?.click()}
      >
        {change.isPending ? 'Sending…' : hasPhoto ? 'Change photo' : 'Add a photo'}
      </button>
    </>
  );
}
