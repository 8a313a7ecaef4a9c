import { messageOf } from '../api/api-error';
import type { Post } from '../api/wire';
import { useHearth } from '../provider/context';
import { Icon } from '../shared/icon';
import { useBookmark } from './bookmarks';

/** Keeping a post for oneself, and handing it on. */
export function PostMarks({ post }: { post: Post }) {
  const { hearth, me, notify } = useHearth();
  const { marked, toggle } = useBookmark(post.id);
  if (!me) return null;
  const share = async () => {
    const url = new URL(`/posts/${post.id}`, hearth.baseUrl || globalThis.location.origin).href;
    if (!(await handOn(url, post.title ?? '', notify))) return;
    hearth.communityApi.share(post.id).catch((error) => notify(messageOf(error), 'error'));
  };
  return (
    <>
      <button
        type="button"
        className="h-icon-button h-bookmark"
        aria-pressed={marked}
        aria-label="Bookmark"
        title={marked ? 'Remove the bookmark' : 'Bookmark'}
        onClick={toggle}
      >
        <Icon name="bookmark" />
      </button>
      <button type="button" className="h-icon-button" aria-label="Share" title="Share" onClick={() => void share()}>
        <Icon name="share" />
      </button>
    </>
  );
}

/** By the device's own sheet where it has one, else as a copied link. False when the person thought better of it. */
async function handOn(url: string, title: string, notify: (text: string) => void): Promise<boolean> {
  try {
    if (navigator.share) {
      await navigator.share({ url, title });
      return true;
    }
    await navigator.clipboard.writeText(url);
    notify('The link is copied.');
    return true;
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') return false;
    // Pages without TLS have no clipboard: the address itself is what there is to hand on.
    notify(url);
    return true;
  }
}
