import { useEffect, useRef } from 'react';
import { useCommunity, useHearth, useLiveStatus } from '../provider/context';
import { Icon } from '../shared/icon';
import { plural } from '../shared/short-number';
import { EmptyState, ErrorState, Skeleton } from '../shared/states';
import { useGroup } from '../shared/use-group';
import { useVisible } from '../shared/use-visible';
import { PostCard, type PostCardProps } from './post-card';
import { EMPTY_FEED, type FeedFilter, feedKey } from './state';

export interface PostFeedProps extends FeedFilter {
  link?: PostCardProps['link'];
  /** What to say where there is nothing yet. */
  empty?: string;
}

/** How far down the page one may be for a new post to show at once instead of waiting behind a button. */
const NEAR_TOP = 240;

/** The posts, newest first, live. New ones show at once near the top; further down they wait, so that nothing jumps. */
export function PostFeed({ link, empty = 'Nothing here yet', ...wanted }: PostFeedProps) {
  const { author, group, course, campaign, q, bookmarked } = wanted;
  const { hearth, me } = useHearth();
  const { community } = hearth;
  const key = feedKey({ author, group, course, campaign, q, bookmarked });
  const feed = useCommunity((state) => state.feeds[key]) ?? EMPTY_FEED;
  const live = useGroup('feed');
  const known = me !== undefined;
  useEffect(() => {
    if (known) void community.loadFeed({ author, group, course, campaign, q, bookmarked });
  }, [community, known, author, group, course, campaign, q, bookmarked]);

  const fresh = feed.fresh.length;
  useEffect(() => {
    if (fresh > 0 && globalThis.scrollY < NEAR_TOP) community.showFresh(key);
  }, [community, key, fresh]);

  const retry = () => void community.loadFeed({ author, group, course, campaign, q, bookmarked });
  const showFresh = () => {
    community.showFresh(key);
    globalThis.scrollTo({ top: 0 });
  };
  const first = feed.ids.length === 0;
  return (
    <section className="h-feed" aria-label="Posts" aria-busy={feed.status === 'loading'} data-live={live}>
      <LiveBanner savedAt={feed.savedAt} onRetry={retry} />
      {fresh > 0 ? (
        <button type="button" className="h-fresh" onClick={showFresh}>
          <Icon name="up" />
          {plural(fresh, 'new post')}
        </button>
      ) : null}
      {feed.status === 'loading' && first ? <Skeletons /> : null}
      {feed.status === 'ready' && first ? (
        <EmptyState title={empty}>Posts show here as soon as somebody writes one.</EmptyState>
      ) : null}
      {feed.ids.map((id) => (
        <FeedPost key={id} id={id} saved={feed.savedAt !== null} link={link} />
      ))}
      {feed.status === 'failed' && feed.savedAt === null ? (
        <ErrorState message={feed.error ?? ''} onRetry={retry} />
      ) : null}
      <More feedKey={key} shown={feed.next !== null && feed.status === 'ready'} />
      {feed.next === null && !first && feed.status === 'ready' ? (
        <p className="h-feed__end">That is everything.</p>
      ) : null}
    </section>
  );
}

function FeedPost({ id, saved, link }: { id: number; saved: boolean; link?: PostCardProps['link'] }) {
  const post = useCommunity((state) => state.posts[id]);
  return post ? <PostCard post={post} saved={saved} link={link} /> : null;
}

/** Loads the next page as its end comes near; a button too, for whoever does not scroll. */
function More({ feedKey: key, shown }: { feedKey: string; shown: boolean }) {
  const { community } = useHearth().hearth;
  const button = useRef<HTMLButtonElement>(null);
  const load = () => void community.loadMore(key);
  useVisible(button, load, shown);
  if (!shown) return null;
  return (
    <button ref={button} type="button" className="h-button h-button--quiet h-feed__more" onClick={load}>
      Show more
    </button>
  );
}

function LiveBanner({ savedAt, onRetry }: { savedAt: string | null; onRetry: () => void }) {
  const status = useLiveStatus();
  const { me } = useHearth();
  if (savedAt !== null) {
    const time = new Date(savedAt).toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' });
    return (
      <div className="h-banner" role="status">
        <Icon name="cloudOff" />
        <span>You are offline. These posts were saved at {time}; what you view is counted when you are back.</span>
        <button type="button" className="h-link" onClick={onRetry}>
          Try again
        </button>
      </div>
    );
  }
  if (!me || status !== 'waiting') return null;
  return (
    <div className="h-banner" role="status">
      <Icon name="cloudOff" />
      <span>The live connection was lost. Reconnecting…</span>
    </div>
  );
}

function Skeletons() {
  return (
    <div className="h-feed">
      {[4, 3, 5].map((lines, index) => (
        <div key={index} className="h-card">
          <Skeleton lines={lines} label="Loading posts" />
        </div>
      ))}
    </div>
  );
}
