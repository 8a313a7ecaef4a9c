import { Bar, type CommunityStats, ErrorState, messageOf, Skeleton, shortNumber } from '@hearth/widgets';
import { useCommunityStats } from './api';

const TILES: readonly { key: Exclude<keyof CommunityStats, 'top_contributors' | 'trending_posts'>; name: string }[] = [
  { key: 'total_users', name: 'people' },
  { key: 'active_users', name: 'active in 30 days' },
  { key: 'total_posts', name: 'posts' },
  { key: 'total_comments', name: 'comments' },
  { key: 'total_engagements', name: 'engagements' },
  { key: 'total_groups', name: 'groups' },
];

export function StatTiles() {
  const stats = useCommunityStats();
  if (stats.isPending) return <Skeleton lines={3} label="Loading statistics" />;
  if (stats.isError) return <ErrorState message={messageOf(stats.error)} onRetry={() => void stats.refetch()} />;
  const health = Math.round(stats.data.community_health_score * 100);
  return (
    <section className="tiles" aria-label="Statistics">
      <div className="tile tile--health">
        <span className="tile__number">{health} %</span>
        <span className="h-muted">community health</span>
        <Bar share={stats.data.community_health_score} />
      </div>
      {TILES.map(({ key, name }) => (
        <div key={key} className="tile">
          <span className="tile__number">{shortNumber(stats.data[key])}</span>
          <span className="h-muted">{name}</span>
        </div>
      ))}
    </section>
  );
}
