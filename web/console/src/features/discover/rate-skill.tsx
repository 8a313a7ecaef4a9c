import { messageOf, Rating, type Skill, useHearth } from '@hearth/widgets';
import { type FormEvent, useState } from 'react';
import { Labelled } from '../../shared/labelled';
import { useRate } from './api';

const STARS = [1, 2, 3, 4, 5] as const;

/** What people think of a skill, and what oneself does. */
export function RateSkill({ skill, isMine }: { skill: Skill; isMine: boolean }) {
  return (
    <section className="h-card form" aria-labelledby="rating">
      <h2 id="rating" className="card-title">
        Rating
      </h2>
      <p className="rate__now">
        <Rating rating={skill.rating} />
      </p>
      {isMine ? <p className="h-muted">Others rate what you share.</p> : <RateForm skill={skill} />}
    </section>
  );
}

function RateForm({ skill }: { skill: Skill }) {
  const { notify } = useHearth();
  const rate = useRate(skill.id);
  const [stars, setStars] = useState(skill.my_rating ?? 0);
  const send = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const review = String(new FormData(event.currentTarget).get('review') ?? '').trim();
    rate.mutate(
      { rating: stars, review: review === '' ? null : review },
      {
        onSuccess: () => notify('Your rating counts.'),
        onError: (error) => notify(messageOf(error), 'error'),
      },
    );
  };
  return (
    <form className="form" aria-label="Your rating" onSubmit={send}>
      <fieldset className="stars">
        <legend>{skill.my_rating ? 'You rated it' : 'Rate it'}</legend>
        {STARS.map((value) => (
          <label key={value} className={value <= stars ? 'stars__one stars__one--lit' : 'stars__one'}>
            <input
              type="radio"
              name="rating"
              className="h-visually-hidden"
              checked={stars === value}
              onChange={() => setStars(value)}
              aria-label={value === 1 ? '1 star' : `${value} stars`}
            />
            <span aria-hidden="true">★</span>
          </label>
        ))}
      </fieldset>
      <Labelled label="Why? (optional)" hint="Shown with your rating.">
        {(control) => <textarea {...control} name="review" rows={2} maxLength={2000} />}
      </Labelled>
      <button type="submit" className="h-button" disabled={stars === 0 || rate.isPending}>
        {skill.my_rating ? 'Change your rating' : 'Rate'}
      </button>
    </form>
  );
}
