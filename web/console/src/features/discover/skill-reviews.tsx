import { Avatar, PersonName, RichText, type Skill, TimeAgo } from '@hearth/widgets';
import { ShowMore } from '../../shared/show-more';
import { useReviews } from './talk-api';

/** What people wrote with their ratings; nothing where nobody did. */
export function SkillReviews({ skill }: { skill: Skill }) {
  const found = useReviews(skill.id);
  const reviews = found.data?.pages.flatMap((page) => page.results) ?? [];
  if (reviews.length === 0) return null;
  return (
    <section className="h-card" aria-labelledby="reviews">
      <h2 id="reviews" className="card-title">
        Reviews
      </h2>
      <ul className="h-thread__list">
        {reviews.map(({ author, rating, review, created_at }) => (
          <li key={author.id}>
            <article className="h-comment" aria-label={`Review by ${author.display_name}`}>
              <Avatar user={author} size="sm" />
              <div className="h-comment__body">
                <header className="h-comment__head">
                  <PersonName user={author} />
                  <span role="img" aria-label={rating === 1 ? '1 star' : `${rating} stars`}>
                    {'★'.repeat(rating)}
                  </span>
                  <TimeAgo at={created_at} />
                </header>
                <p className="h-comment__text">
                  <RichText text={review} />
                </p>
              </div>
            </article>
          </li>
        ))}
      </ul>
      <ShowMore list={found} className="h-link">
        Show more reviews
      </ShowMore>
    </section>
  );
}
