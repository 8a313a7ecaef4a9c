import { Avatar, ErrorState, LEVELS, messageOf, Skeleton, shortNumber } from '@hearth/widgets';
import { useActiveUsers } from './api';

export function ActiveUsers({ days }: { days: number }) {
  const users = useActiveUsers(days);
  return (
    <section className="h-card" aria-labelledby="most-active">
      <h2 id="most-active" className="card-title">
        Most active
      </h2>
      {users.isPending ? <Skeleton lines={5} label="Loading people" /> : null}
      {users.isError ? <ErrorState message={messageOf(users.error)} onRetry={() => void users.refetch()} /> : null}
      {users.data?.active_users.length === 0 ? <p className="h-muted">Nobody yet in this time.</p> : null}
      <ol className="ranks">
        {users.data?.active_users.map((user) => (
          <li key={user.user_id}>
            <Avatar
              user={{ id: String(user.user_id), display_name: user.username, profile_photo: user.avatar_url }}
              size="sm"
            />
            <span className="ranks__who">
              <span className="h-name">{user.username}</span>
              <span className="h-muted">
                <span title={LEVELS[user.activity_level].name}>{LEVELS[user.activity_level].face}</span> reputation{' '}
                {shortNumber(user.reputation_score)}
              </span>
            </span>
            <span className="ranks__number">
              {shortNumber(user.total_engagements)}
              <span className="h-muted">engagements</span>
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}
