import { messageOf } from '../api/api-error';
import { type ContentType, REACTION_NAMES, REACTIONS, type ReactionCount, type ReactionType } from '../api/wire';
import { useHearth } from '../provider/context';
import { shortNumber } from '../shared/short-number';

export interface ReactionBarProps {
  kind: ContentType;
  id: number;
  summary: readonly ReactionCount[];
  mine: string | null;
  size?: 'sm' | 'md';
}

/** The four reactions with their counts. One's own is pressed; pressing it again takes it back. */
export function ReactionBar({ kind, id, summary, mine, size = 'md' }: ReactionBarProps) {
  const { hearth, me, notify } = useHearth();
  const counts = new Map<string, number>(summary.map((row) => [row.reaction_type, row.count]));
  const react = (reaction: ReactionType) => {
    hearth.community
      .react(kind, id, reaction === mine ? null : reaction)
      .catch((error) => notify(messageOf(error), 'error'));
  };
  return (
    <div className={`h-reactions h-reactions--${size}`} role="group" aria-label="Reactions">
      {REACTIONS.map((reaction) => {
        const count = counts.get(reaction) ?? 0;
        return (
          <button
            key={reaction}
            type="button"
            className="h-reaction"
            aria-pressed={reaction === mine}
            aria-label={`${REACTION_NAMES[reaction]}${count > 0 ? `, ${count}` : ''}`}
            disabled={!me}
            onClick={() => react(reaction)}
          >
            <span className="h-reaction__face" aria-hidden="true">
              {reaction}
            </span>
            {count > 0 ? <span className="h-reaction__count">{shortNumber(count)}</span> : null}
          </button>
        );
      })}
    </div>
  );
}
