import type { User } from '@hearth/widgets';

/** What hangs on a skill goes by its author, the skill's, or a moderator. */
export function mayDelete(user: User | null, author: string, skillAuthor: string): boolean {
  if (user === null) return false;
  return (
    user.id === author || user.id === skillAuthor || user.roles.some((role) => role === 'moderator' || role === 'admin')
  );
}
