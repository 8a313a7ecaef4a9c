import type { ReactNode } from 'react';
import { messageOf } from '../api/api-error';
import type { FeedItem, FeedObject } from '../api/wire';
import { useHearth } from '../provider/context';
import { ActivityLine } from '../shared/activity-line';
import { Avatar } from '../shared/avatar';
import { PersonName } from '../shared/person-name';
import { EmptyState, ErrorState, SignedOut, Skeleton } from '../shared/states';
import { TimeAgo } from '../shared/time-ago';
import { type FeedName, useFeed } from './api';

export interface CommunityActivityProps {
  feed?: FeedName;
  /** How many at first, and with each "Show more". */
  limit?: number;
  /** Makes what something was done to a link, where the page has a page of it. */
  link?: (object: FeedObject, children: ReactNode) => ReactNode;
  className?: string;
}

const WORDS: Record<string, string> = {
  create_post: 'wrote',
  share_post: 'shared',
  comment_post: 'commented on',
  share_skill: 'shared the skill',
  comment_skill: 'commented on the skill',
  follow_user: 'follows',
  join_group: 'joined',
  found_group: 'founded the group',
  found_course: 'founded the course',
  earn_badge: 'earned the badge',
};

const EMPTY: Record<FeedName, string> = {
  mine: 'What people do whom you follow shows here.',
  global: 'What anybody does shows here.',
  discovery: 'What people make whom you do not follow shows here.',
  trending: 'What much is done with shows here.',
};

/** What people do: one follows, all of them, those still to be discovered, or what trends. */
export function CommunityActivity({ feed = 'mine', limit = 20, link, className = '' }: CommunityActivityProps) {
  const { me } = useHearth();
  const found = useFeed(feed, limit);
  if (me === null) return <SignedOut />;
  if (found.isPending) return <Skeleton lines={6} label="Loading activity" />;
  if (found.isError) return <ErrorState message={messageOf(found.error)} onRetry={() => void found.refetch()} />;
  const items = found.data.pages.flatMap((page) => page.results);
  return (
    <div className={`h-stack ${className}`}>
      {items.length === 0 && !found.hasNextPage ? <EmptyState title="Quiet here">{EMPTY[feed]}</EmptyState> : null}
      <ul className="h-activity" aria-label="Activity">
        {items.map((item) => (
          <Line key={item.id} item={item} link={link} />
        ))}
      </ul>
      {found.hasNextPage ? (
        <button
          type="button"
          className="h-button h-button--quiet h-feed__more"
          disabled={found.isFetchingNextPage}
          onClick={() => void found.fetchNextPage()}
        >
          Show more
        </button>
      ) : null}
    </div>
  );
}

function Line({ item, link }: { item: FeedItem; link?: CommunityActivityProps['link'] }) {
  const title = <span className="h-activity__object">{item.object.title || 'Untitled'}</span>;
  return (
    <ActivityLine
      face={<Avatar user={item.actor} size="sm" />}
      title={
        <>
          <PersonName user={item.actor} />{' '}
          <span className="h-activity__deed">{WORDS[item.verb] ?? 'did something on'}</span>{' '}
          {link ? link(item.object, title) : title}
        </>
      }
      time={<TimeAgo at={item.created_at} />}
    />
  );
}
