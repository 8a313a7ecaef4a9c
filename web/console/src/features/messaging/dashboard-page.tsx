import { ActivityFeed, PerformanceOverview } from '@hearth/widgets';

/** Recent activity beside the figures. */
export function DashboardPage() {
  return (
    <div className="pair">
      <section className="h-card" aria-labelledby="recent">
        <h2 id="recent" className="card-title">
          Recent Activity
        </h2>
        <ActivityFeed />
      </section>
      <section className="h-card" aria-labelledby="performance">
        <h2 id="performance" className="card-title">
          Performance Overview
        </h2>
        <PerformanceOverview />
      </section>
    </div>
  );
}
