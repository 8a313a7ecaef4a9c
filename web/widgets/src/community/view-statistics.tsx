import { useQuery } from '@tanstack/react-query';
import { messageOf } from '../api/api-error';
import { useHearth } from '../provider/context';
import { Bar } from '../shared/bar';
import { plural, shortNumber } from '../shared/short-number';
import { ErrorState, Skeleton } from '../shared/states';

/** How often a post was seen, by whom how many, and on which of the last days. */
export function ViewStatistics({ postId }: { postId: number }) {
  const { hearth } = useHearth();
  const stats = useQuery({
    queryKey: ['community', 'view-stats', postId],
    queryFn: () => hearth.communityApi.viewStats(postId),
  });
  if (stats.isPending) return <Skeleton lines={3} label="Loading views" />;
  if (stats.isError) return <ErrorState message={messageOf(stats.error)} onRetry={() => void stats.refetch()} />;
  const { total_views, unique_viewers, recent_views_24h, views_last_7_days: days } = stats.data;
  const most = Math.max(1, ...days.map((day) => day.views));
  return (
    <section className="h-view-stats" aria-label="Views">
      <p className="h-muted">
        {plural(total_views, 'view')} by {plural(unique_viewers, 'person', 'people')}, {shortNumber(recent_views_24h)}{' '}
        in the last 24 hours
      </p>
      <dl className="h-bars">
        {days.map(({ date, views }) => (
          <div key={date} className="h-bars__row">
            <dt>{weekday(date)}</dt>
            <dd>
              <Bar share={views / most} />
              {shortNumber(views)}
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function weekday(date: string): string {
  return new Date(`${date}T12:00:00Z`).toLocaleDateString(undefined, { weekday: 'short', day: 'numeric' });
}
