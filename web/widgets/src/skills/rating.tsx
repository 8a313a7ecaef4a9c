import type { Skill } from '../api/wire';
import { shortNumber } from '../shared/short-number';

/** What people think of a skill, in a number and in words for those who hear it. */
export function Rating({ rating }: { rating: Skill['rating'] }) {
  if (rating.count === 0) return <span className="h-rating h-muted">Not rated yet</span>;
  const average = rating.average.toFixed(1);
  return (
    <span className="h-rating">
      <span className="h-rating__star" aria-hidden="true">
        ★
      </span>
      <span aria-hidden="true">
        {average} <span className="h-muted">({shortNumber(rating.count)})</span>
      </span>
      <span className="h-visually-hidden">{`Rated ${average} of 5 by ${rating.count}`}</span>
    </span>
  );
}
