import { messageOf } from '../api/api-error';
import { useHearth } from '../provider/context';
import { ActivityLine } from '../shared/activity-line';
import { EmptyState, ErrorState, Skeleton } from '../shared/states';
import { type Activity, useMessagingNews, useRecentActivity } from './api';

export interface ActivityFeedProps {
  limit?: number;
  type?: Activity['type'];
  className?: string;
}

const ICONS: Record<string, string> = {
  conversation_reply: '💬',
  campaign_completed: '📊',
  campaign_started: '🚀',
  contact_added: '👤',
  contacts_added: '👥',
  template_approved: '✅',
};

/** What happened lately in the tenant's messaging; it follows by itself. */
export function ActivityFeed({ limit = 10, type, className = '' }: ActivityFeedProps) {
  const { me } = useHearth();
  useMessagingNews();
  const recent = useRecentActivity(limit, type);
  if (me && !me.tenant_id) return <p className="h-muted">You belong to no organisation here.</p>;
  if (recent.isPending) return <Skeleton lines={4} label="Loading activity" />;
  if (recent.isError) return <ErrorState message={messageOf(recent.error)} onRetry={() => void recent.refetch()} />;
  if (recent.data.activities.length === 0)
    return <EmptyState title="Nothing yet">Replies and campaigns show here.</EmptyState>;
  return (
    <ul className={`h-activity ${className}`} aria-label="Recent activity">
      {recent.data.activities.map((one) => (
        <Line key={one.id} activity={one} />
      ))}
    </ul>
  );
}

function Line({ activity }: { activity: Activity }) {
  return (
    <ActivityLine
      face={ICONS[activity.type] ?? '📝'}
      title={
        <>
          {activity.title}
          {activity.is_live ? <span className="h-live">Live</span> : null}
        </>
      }
      time={
        <time className="h-muted h-activity__time" dateTime={activity.timestamp}>
          {activity.time_ago}
        </time>
      }
    >
      <span className="h-muted">{activity.description}</span>
    </ActivityLine>
  );
}
