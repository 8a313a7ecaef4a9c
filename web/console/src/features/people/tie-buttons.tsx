import { FollowButton, messageOf, type TieChange, useChangeTie, useHearth, useTie } from '@hearth/widgets';

/** Following and blocking somebody. */
export function TieButtons({ id }: { id: string }) {
  const { notify } = useHearth();
  const tie = useTie(id);
  const change = useChangeTie(id);
  if (!tie.data) return null;
  const { followed_by, blocked } = tie.data;
  const set = (to: TieChange) => change.mutate(to, { onError: (error) => notify(messageOf(error), 'error') });
  return (
    <div className="ties">
      {followed_by ? <span className="h-muted">Follows you</span> : null}
      <FollowButton userId={id} />
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
