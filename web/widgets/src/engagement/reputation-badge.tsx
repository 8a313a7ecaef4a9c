import { messageOf } from '../api/api-error';
import { useHearth } from '../provider/context';
import type { Size } from '../shared/avatar';
import { plural, shortNumber } from '../shared/short-number';
import { ErrorState, SignedOut, Skeleton } from '../shared/states';
import { useReputation } from './api';
import { badgeWords, levelWords } from './levels';

export interface ReputationBadgeProps {
  userId: number;
  /** One compact line, to stand beside a name. */
  inline?: boolean;
  showScore?: boolean;
  /** By itself not inline; there it is how many they are. */
  showBadges?: boolean;
  size?: Size;
  className?: string;
}

/** A person's reputation: activity level, score and earned badges. */
export function ReputationBadge({
  userId,
  inline = false,
  showScore = true,
  showBadges = !inline,
  size = 'md',
  className = '',
}: ReputationBadgeProps) {
  const { me } = useHearth();
  const reputation = useReputation(userId);
  // Beside a name, a failed read is nothing to make a noise about.
  if (inline && !reputation.data) return null;
  if (me === null) return <SignedOut />;
  if (reputation.isPending) return <Skeleton lines={2} label="Loading reputation" />;
  if (reputation.isError) {
    return <ErrorState message={messageOf(reputation.error)} onRetry={() => void reputation.refetch()} />;
  }
  const { reputation_score: score, activity_level, badges } = reputation.data;
  const level = levelWords(activity_level);
  const classes = `h-reputation h-reputation--${size} ${inline ? 'h-reputation--inline' : ''} ${className}`;
  if (inline) {
    return (
      <span className={classes} title={`${level.name}, reputation ${score}`}>
        <span aria-hidden="true">{level.face}</span>
        <span className="h-visually-hidden">{showScore ? `${level.name}, reputation ` : level.name}</span>
        {showScore ? <span className="h-reputation__score">{shortNumber(score)}</span> : null}
        {showBadges && badges.length > 0 ? (
          <span className="h-reputation__badges" title={badges.map((name) => badgeWords(name).title).join(', ')}>
            <span aria-hidden="true">🏅 {badges.length}</span>
            <span className="h-visually-hidden">{plural(badges.length, 'badge')}</span>
          </span>
        ) : null}
      </span>
    );
  }
  return (
    <div className={classes}>
      <span className="h-reputation__face" aria-hidden="true">
        {level.face}
      </span>
      <div className="h-reputation__words">
        <span className="h-reputation__level">{level.name}</span>
        {showScore ? <span className="h-muted">Reputation {shortNumber(score)}</span> : null}
      </div>
      {showBadges ? <BadgeList badges={badges} /> : null}
    </div>
  );
}

function BadgeList({ badges }: { badges: readonly string[] }) {
  if (badges.length === 0) return null;
  return (
    <ul className="h-badges" aria-label="Badges">
      {badges.map((name) => {
        const { title, what } = badgeWords(name);
        return (
          <li key={name} className="h-badge" title={what}>
            {title}
          </li>
        );
      })}
    </ul>
  );
}
