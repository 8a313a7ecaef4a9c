import { ActivityFeed, PerformanceOverview } from '@hearth/widgets';
import { useState } from 'react';

/** As many as one answer holds. */
const ALL = 100;

/** Recent activity beside the figures. */
export function DashboardPage() {
  const [limit, setLimit] = useState(10);
  return (
    <div className="pair">
      <section className="h-card" aria-labelledby="recent">
        <div className="row row--first">
          <h2 id="recent" className="card-title">
            Recent Activity
          </h2>
          <span className="h-live">Live</span>
        </div>
        <ActivityFeed limit={limit} />
        {limit < ALL ? (
          <div className="form__actions">
            <button type="button" className="h-button h-button--quiet" onClick={() => setLimit(ALL)}>
              View all activity
            </button>
          </div>
        ) : null}
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
