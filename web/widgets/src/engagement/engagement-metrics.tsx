import { messageOf } from '../api/api-error';
import type { UserMetrics } from '../api/engagement-wire';
import { useHearth } from '../provider/context';
import { Bar } from '../shared/bar';
import { plural, shortNumber } from '../shared/short-number';
import { ErrorState, SignedOut, Skeleton } from '../shared/states';
import { useUserMetrics } from './api';

export interface EngagementMetricsProps {
  userId: number;
  days?: number;
  className?: string;
  compact?: boolean;
}

type Counted = 'likes' | 'comment_likes' | 'comments' | 'comment_replies' | 'mentions' | 'group_joins';

const ROWS: readonly { key: Counted; name: string }[] = [
  { key: 'likes', name: 'Likes' },
  { key: 'comments', name: 'Comments' },
  { key: 'comment_likes', name: 'Comment likes' },
  { key: 'comment_replies', name: 'Replies' },
  { key: 'mentions', name: 'Mentions' },
  { key: 'group_joins', name: 'Groups joined' },
];

/** What a person did in the last days. That person may see it, and administrators. */
export function EngagementMetrics({ userId, days = 30, className = '', compact = false }: EngagementMetricsProps) {
  const { me } = useHearth();
  const { metrics, visible } = useUserMetrics(userId, days);
  if (me === null) return <SignedOut />;
  if (me && !visible) return <p className="h-muted">Only they can see this.</p>;
  if (metrics.isPending) return <Skeleton lines={compact ? 1 : 4} label="Loading engagement" />;
  if (metrics.isError) return <ErrorState message={messageOf(metrics.error)} onRetry={() => void metrics.refetch()} />;
  const numbers = metrics.data.metrics;
  if (compact) {
    return (
      <p className={`h-metrics h-metrics--compact ${className}`}>
        <strong>{shortNumber(numbers.total_engagements)}</strong> {spread(numbers, days)}
      </p>
    );
  }
  return <Bars numbers={numbers} days={days} className={className} />;
}

/** What stands after the number. */
function spread({ total_engagements: total, average_per_day }: UserMetrics['metrics'], days: number): string {
  return `${total === 1 ? 'engagement' : 'engagements'} in ${plural(days, 'day')}, ${average_per_day} a day`;
}

interface BarsProps {
  numbers: UserMetrics['metrics'];
  days: number;
  className: string;
}

function Bars({ numbers, days, className }: BarsProps) {
  const most = Math.max(1, ...ROWS.map(({ key }) => numbers[key]));
  return (
    <section className={`h-metrics ${className}`} aria-label={`Engagement in the last ${plural(days, 'day')}`}>
      <p className="h-metrics__total">
        <strong>{shortNumber(numbers.total_engagements)}</strong>
        <span className="h-muted">{spread(numbers, days)}</span>
      </p>
      <dl className="h-bars">
        {ROWS.map(({ key, name }) => (
          <div key={key} className="h-bars__row">
            <dt>{name}</dt>
            <dd>
              <Bar share={numbers[key] / most} />
              {shortNumber(numbers[key])}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
