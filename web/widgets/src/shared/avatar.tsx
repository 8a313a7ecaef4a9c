import type { Author } from '../api/wire';

export type Size = 'sm' | 'md' | 'lg';

export interface AvatarProps {
  user: Pick<Author, 'id' | 'display_name' | 'profile_photo'>;
  size?: Size;
}

/** A person's photo, or their initials on a colour that stays theirs. The name stands beside it, so it says nothing itself. */
export function Avatar({ user, size = 'md' }: AvatarProps) {
  if (user.profile_photo) {
    return <img className={`h-avatar h-avatar--${size}`} src={user.profile_photo} alt="" loading="lazy" />;
  }
  return (
    <span className={`h-avatar h-avatar--${size} h-avatar--tint${tint(user.id)}`} aria-hidden="true">
      {initials(user.display_name)}
    </span>
  );
}

const TINTS = 6;

export function tint(id: string): number {
  let sum = 0;
  for (const char of id) sum = (sum * 31 + (char.codePointAt(0) ?? 0)) % 997;
  return sum % TINTS;
}

export function initials(name: string): string {
  const words = name
    .trim()
    .split(/[\s_.-]+/)
    .filter(Boolean);
  const letters = words.length > 1 ? [words[0], words.at(-1)] : [words[0]];
  return letters.map((word) => [...(word ?? '?')][0]?.toUpperCase()).join('');
}
