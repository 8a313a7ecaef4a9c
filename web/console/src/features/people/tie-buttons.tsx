import { messageOf, useHearth } from '@hearth/widgets';
import { type TieChange, useChangeTie, useTie } from './api';

/** Following and blocking somebody. */
export function TieButtons({ id }: { id: string }) {
  const { notify } = useHearth();
  const tie = useTie(id);
  const change = useChangeTie(id);
  if (!tie.data) return null;
  const { following, followed_by, blocked } = tie.data;
  const set = (to: TieChange) => change.mutate(to, { onError: (error) => notify(messageOf(error), 'error') });
  return (
    <div className="ties">
      {followed_by ? <span className="h-muted">Follows you</span> : null}
      {blocked ? null : (
        <button
          type="button"
          className={following ? 'h-button h-button--quiet' : 'h-button'}
          aria-pressed={following}
          disabled={change.isPending}
          onClick={() => set(following ? 'unfollow' : 'follow')}
        >
          {following ? 'Following' : 'Follow'}
        </button>
      )}
      <button
        type="button"
        className="h-button h-button--quiet"
        disabled={change.isPending}
        onClick={() => set(blocked ? 'unblock' : 'block')}
      >
        {blocked ? 'Unblock' : 'Block'}
      </button>
    </div>
  );
}
