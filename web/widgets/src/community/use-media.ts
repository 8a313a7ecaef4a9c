import { useCallback, useEffect, useState } from 'react';
import type { MediaType } from '../api/wire';

export const ACCEPTED =
  'image/jpeg,image/png,image/gif,image/webp,video/mp4,video/quicktime,video/webm,audio/mpeg,audio/wav,audio/ogg,audio/mp4,.m4a';
const LARGEST = 10 * 1024 * 1024;

export interface ChosenMedia {
  file: File;
  type: MediaType;
  /** An address of this page alone, for the preview. */
  preview: string;
}

/** One file to send along: looked at before it is sent, shown before it is there. */
export function useMedia(): {
  media: ChosenMedia | null;
  error: string | null;
  choose: (file: File | null | undefined) => void;
} {
  const [media, setMedia] = useState<ChosenMedia | null>(null);
  const [error, setError] = useState<string | null>(null);
  const choose = useCallback((file: File | null | undefined) => {
    const problem = file ? problemOf(file) : null;
    setError(problem);
    setMedia(file && !problem ? { file, type: typeOf(file) as MediaType, preview: URL.createObjectURL(file) } : null);
  }, []);
  const preview = media?.preview;
  useEffect(() => (preview ? () => URL.revokeObjectURL(preview) : undefined), [preview]);
  return { media, error, choose };
}

export function typeOf(file: File): MediaType | null {
  const [kind, detail] = file.type.split('/');
  if (kind === 'image' && detail !== 'svg+xml') return 'image';
  return kind === 'video' || kind === 'audio' ? kind : null;
}

export function problemOf(file: File): string | null {
  if (typeOf(file) === null) return 'Choose a picture, a video or a sound file.';
  return file.size > LARGEST ? 'The file is larger than 10 MB. Choose a smaller one.' : null;
}
