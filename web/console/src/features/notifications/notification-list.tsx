import { EmptyState, ErrorState, messageOf, notificationFace, Skeleton, TimeAgo, useHearth } from '@hearth/widgets';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { ShowMore } from '../../shared/show-more';
import { type Notification, useNotificationPages, useRead } from './list-api';

/** Their message names what they are about. */
const NAMED = new Set(['badge_earned', 'new_follower']);

/** What others did that concerns one, the latest first. Each leads to what it is about. */
export function NotificationList() {
  const { notify } = useHearth();
  const found = useNotificationPages();
  const read = useRead();
  if (found.isPending) return <Skeleton lines={4} label="Loading notifications" />;
  if (found.isError) return <ErrorState message={messageOf(found.error)} onRetry={() => void found.refetch()} />;
  const list = found.data.pages.flatMap((page) => page.results);
  if (list.length === 0)
    return <EmptyState title="All quiet">What others do with what you share shows here.</EmptyState>;
  const mark = (id: string) => read.mutate(id, { onError: (error) => notify(messageOf(error), 'error') });
  return (
    <section className="h-notifications" aria-label="Notifications">
      {list.some((one) => !one.read) ? (
        <button type="button" className="h-link h-notifications__all" onClick={() => mark('all')}>
          Mark all as read
        </button>
      ) : null}
      <ul className="h-notifications__list">
        {list.map((one) => (
          <li key={one.id}>
            <Leading one={one} onOpen={() => (one.read ? undefined : mark(one.id))}>
              <span className="h-notification__face" aria-hidden="true">
                {notificationFace(one.type)}
              </span>
              <span className="h-notification__text">
                {one.read ? null : <span className="h-visually-hidden">Unread: </span>}
                {one.message}
                {one.object.title && !NAMED.has(one.type) ? (
                  <span className="h-muted notification__about">{one.object.title}</span>
                ) : null}
              </span>
              <TimeAgo at={one.created_at} />
            </Leading>
          </li>
        ))}
      </ul>
      <ShowMore list={found} />
    </section>
  );
}

/** A link to what a notification is about; a button where that has no page. */
function Leading({ one, onOpen, children }: { one: Notification; onOpen: () => void; children: ReactNode }) {
  const className = `h-notification${one.read ? '' : ' h-notification--unread'}`;
  const look = { className, onClick: onOpen };
  const { kind, id, post, skill } = one.object;
  if (skill) {
    return (
      <Link
        to="/discover/$id"
        params={{ id: skill }}
        hash={kind === 'skill_comment' ? `comment-${id}` : undefined}
        {...look}
      >
        {children}
      </Link>
    );
  }
  if (post) {
    return (
      <Link
        to="/posts/$id"
        params={{ id: String(post) }}
        hash={kind === 'comment' ? `comment-${id}` : undefined}
        {...look}
      >
        {children}
      </Link>
    );
  }
  if (one.type === 'new_follower' && one.actor) {
    return (
      <Link to="/people/$id" params={{ id: one.actor.id }} {...look}>
        {children}
      </Link>
    );
  }
  if (kind === 'badge') {
    return (
      <Link to="/profile" {...look}>
        {children}
      </Link>
    );
  }
  return (
    <button type="button" {...look}>
      {children}
    </button>
  );
}
