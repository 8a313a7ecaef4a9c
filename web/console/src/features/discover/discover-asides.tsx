import { ErrorState, messageOf, plural, Skeleton } from '@hearth/widgets';
import { Link } from '@tanstack/react-router';
import { useCategories, useTrendingSkills } from './api';
import { skillLink } from './skill-link';

export function TrendingSkills() {
  const trending = useTrendingSkills();
  return (
    <section className="h-card" aria-labelledby="trending-skills">
      <h2 id="trending-skills" className="card-title">
        Trending skills
      </h2>
      {trending.isPending ? <Skeleton label="Loading trending skills" /> : null}
      {trending.isError ? (
        <ErrorState message={messageOf(trending.error)} onRetry={() => void trending.refetch()} />
      ) : null}
      {trending.data?.results.length === 0 ? <p className="h-muted">Nothing is trending yet.</p> : null}
      <ol className="h-trending">
        {trending.data?.results.map((skill) => (
          <li key={skill.id}>
            <span className="h-trending__title">{skillLink(skill, skill.title)}</span>
            <span className="h-muted">
              {skill.author.display_name} · {plural(skill.likes, 'like')} · {plural(skill.downloads, 'download')}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

export function Categories({ current }: { current?: string }) {
  const categories = useCategories();
  return (
    <section className="h-card" aria-labelledby="categories">
      <h2 id="categories" className="card-title">
        Categories
      </h2>
      {categories.isPending ? <Skeleton label="Loading categories" /> : null}
      {categories.isError ? (
        <ErrorState message={messageOf(categories.error)} onRetry={() => void categories.refetch()} />
      ) : null}
      {categories.data?.results.length === 0 ? <p className="h-muted">None yet.</p> : null}
      <ul className="chips">
        {categories.data?.results.map(({ category, skills }) => (
          <li key={category}>
            <Link
              to="/discover"
              search={{ category }}
              className="chip"
              aria-current={category === current ? 'true' : undefined}
            >
              {category} <span aria-hidden="true">{skills}</span>
              <span className="h-visually-hidden">, {plural(skills, 'skill')}</span>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
