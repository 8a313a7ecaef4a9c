import { messageOf } from '../api/api-error';
import type { EngagementNotification } from '../api/engagement-wire';
import { useHearth } from '../provider/context';
import { EmptyState, ErrorState, SignedOut, Skeleton } from '../shared/states';
import { TimeAgo } from '../shared/time-ago';
import { atOnce, useMarkRead, useNotifications } from './api';
import { notificationFace } from './faces';

export interface EngagementNotificationsProps {
  onNotificationRead?: (notification: EngagementNotification) => void;
  maxItems?: number;
  className?: string;
}

/** What happened to one's posts and comments, newest first. Pressing one marks it as read. */
export function EngagementNotifications({
  onNotificationRead,
  maxItems = 20,
  className = '',
}: EngagementNotificationsProps) {
  const { me, notify } = useHearth();
  const limit = atOnce(maxItems);
  const notifications = useNotifications(limit);
  const markRead = useMarkRead();
  if (me === null) return <SignedOut />;
  if (notifications.isPending) return <Skeleton lines={4} label="Loading notifications" />;
  if (notifications.isError) {
    return <ErrorState message={messageOf(notifications.error)} onRetry={() => void notifications.refetch()} />;
  }
  const list = notifications.data.results.slice(0, limit);
  if (list.length === 0) return <EmptyState title="All quiet">What others do with your posts shows here.</EmptyState>;
  const read = (some: readonly EngagementNotification[]) =>
    markRead.mutate(
      some.map((one) => one.id),
      {
        onSuccess: () => {
          for (const one of some) onNotificationRead?.(one);
        },
        onError: (error) => notify(messageOf(error), 'error'),
      },
    );
  const unread = list.filter((one) => !one.read);
  return (
    <section className={`h-notifications ${className}`} aria-label="Notifications">
      {unread.length > 0 ? (
        <button type="button" className="h-link h-notifications__all" onClick={() => read(unread)}>
          Mark all as read
        </button>
      ) : null}
      <ul className="h-notifications__list">
        {list.map((one) => (
          <li key={one.id}>
            <button
              type="button"
              className={`h-notification${one.read ? '' : ' h-notification--unread'}`}
              onClick={() => (one.read ? undefined : read([one]))}
            >
              <span className="h-notification__face" aria-hidden="true">
                {notificationFace(one.notification_type)}
              </span>
              <span className="h-notification__text">
                {one.read ? null : <span className="h-visually-hidden">Unread: </span>}
                {one.message}
              </span>
              <TimeAgo at={one.created_at} />
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
