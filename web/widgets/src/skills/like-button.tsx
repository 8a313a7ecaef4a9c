import { messageOf } from '../api/api-error';
import type { Skill } from '../api/wire';
import { useHearth } from '../provider/context';
import { shortNumber } from '../shared/short-number';
import { useLikeSkill } from './api';

/** Likes a skill, or takes that back. */
export function LikeButton({ skill }: { skill: Skill }) {
  const { notify } = useHearth();
  const like = useLikeSkill(skill);
  const { likes, liked } = skill;
  return (
    <button
      type="button"
      className="h-reaction"
      aria-pressed={liked}
      aria-label={likes > 0 ? `Like, ${likes}` : 'Like'}
      disabled={like.isPending}
      onClick={() => like.mutate(undefined, { onError: (error) => notify(messageOf(error), 'error') })}
    >
      <span className="h-reaction__face" aria-hidden="true">
        👍
      </span>
      {likes > 0 ? <span className="h-reaction__count">{shortNumber(likes)}</span> : null}
    </button>
  );
}
