import { SkillCard } from '@hearth/widgets';
import { Link } from '@tanstack/react-router';
import { ShowMore } from '../../shared/show-more';
import { useFoundSkills } from './api';
import type { SkillFilters } from './filters';
import { skillLink } from './skill-link';
import { SkillList } from './skill-list';

export function FoundSkills({ filters }: { filters: SkillFilters }) {
  const found = useFoundSkills(filters);
  const skills = found.data?.pages.flatMap((page) => page.results);
  const title = filters.mine ? 'Your skills' : filters.q ? `Skills with “${filters.q}”` : 'Skills';
  return (
    <section className="column" aria-labelledby="found">
      <div className="title-row">
        <h2 id="found" className="section-title">
          {title}
        </h2>
        <Link to="/discover">Show all</Link>
      </div>
      <p className="h-visually-hidden" role="status">
        {skills ? `${skills.length}${found.hasNextPage ? ' and more' : ''} found` : ''}
      </p>
      <SkillList
        found={found}
        skills={skills}
        empty={filters.mine ? 'You have shared nothing yet' : 'Nothing found'}
        hint={filters.mine ? 'What you know, somebody wants to learn.' : 'Try other words, or fewer filters.'}
      >
        {(skill) => <SkillCard skill={skill} link={skillLink} />}
      </SkillList>
      <ShowMore list={found} />
    </section>
  );
}
