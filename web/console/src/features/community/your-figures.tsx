import { EngagementMetrics, ReputationBadge } from '@hearth/widgets';
import { Link } from '@tanstack/react-router';
import { useSession } from '../auth/use-session';

/** How one is doing oneself. */
export function YourFigures({ days }: { days: number }) {
  const { user } = useSession();
  if (!user) return null;
  return (
    <section className="h-card yours" aria-label="You">
      <ReputationBadge userId={user.user_id} showBadges={false} />
      <EngagementMetrics userId={user.user_id} days={days} compact />
      <Link to="/profile/history">Where your points come from</Link>
    </section>
  );
}
