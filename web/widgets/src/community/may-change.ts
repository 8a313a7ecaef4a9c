import type { Author, User } from '../api/wire';

/** A post or comment is its author's, and an administrator's. The server has the last word. */
export function mayChange(me: User | null | undefined, author: Author): boolean {
  return me !== null && me !== undefined && (me.id === author.id || me.roles.includes('admin'));
}
