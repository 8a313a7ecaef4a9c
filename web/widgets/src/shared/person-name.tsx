import type { Author } from '../api/wire';
import { useHearth } from '../provider/context';

/** A person's name; a link to them where the page has such. */
export function PersonName({ user }: { user: Pick<Author, 'id' | 'display_name'> }) {
  const { personLink } = useHearth();
  const name = <strong className="h-name">{user.display_name}</strong>;
  return personLink ? personLink(user.id, name) : name;
}
