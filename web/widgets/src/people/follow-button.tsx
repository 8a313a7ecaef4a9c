import { messageOf } from '../api/api-error';
import { useHearth } from '../provider/context';
import { useChangeTie, useTie } from './api';

export interface FollowButtonProps {
  /** Whom, by UUID or integer. */
  userId: string | number;
  /** Their name, for those who hear the page rather than see it. */
  name?: string;
  size?: 'sm' | 'md';
  onChange?: (following: boolean) => void;
  className?: string;
}

/** Follows somebody, or no more. Nothing for oneself, for whom one blocks, and while it is not known. */
export function FollowButton({ userId, name, size = 'md', onChange, className = '' }: FollowButtonProps) {
  const { notify } = useHearth();
  const id = String(userId);
  const tie = useTie(id);
  const change = useChangeTie(id);
  if (!tie.data || tie.data.blocked) return null;
  // What was pressed shows at once.
  const following = change.isPending ? change.variables === 'follow' : tie.data.following;
  const turn = () =>
    change.mutate(following ? 'unfollow' : 'follow', {
      onSuccess: () => onChange?.(!following),
      onError: (error) => notify(messageOf(error), 'error'),
    });
  const look = following ? 'h-button h-button--quiet' : 'h-button';
  const words = following ? 'Following' : 'Follow';
  return (
    <button
      type="button"
      className={`${look} ${size === 'sm' ? 'h-button--sm' : ''} ${className}`}
      aria-pressed={following}
      aria-label={name ? `${words} ${name}` : undefined}
      title={!following && tie.data.followed_by ? 'Follows you' : undefined}
      disabled={change.isPending}
      onClick={turn}
    >
      {words}
    </button>
  );
}
