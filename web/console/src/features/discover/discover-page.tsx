import { Icon, messageOf, SkillCard, useHearth } from '@hearth/widgets';
import { Link } from '@tanstack/react-router';
import { useRecommended, useSkip } from './api';
import { Categories, TrendingSkills } from './discover-asides';
import { isNarrowed, type SkillFilters } from './filters';
import { FoundSkills } from './found-skills';
import { skillLink } from './skill-link';
import { SkillList } from './skill-list';
import { SkillSearch } from './skill-search';

/** Skills that people share: found by words, by what trends, and by what one likes. */
export function DiscoverPage({ filters }: { filters: SkillFilters }) {
  return (
    <div className="columns">
      <main className="column" id="main">
        <div className="title-row">
          <h1 className="page-title">Discover</h1>
          <div className="title-row">
            <Link to="/discover" search={{ mine: true }} className="h-button h-button--quiet">
              Your skills
            </Link>
            <Link to="/discover/new" className="h-button">
              <Icon name="plus" />
              Share a skill
            </Link>
          </div>
        </div>
        <SkillSearch filters={filters} />
        {isNarrowed(filters) ? <FoundSkills filters={filters} /> : <Recommended />}
      </main>
      <aside className="aside" aria-label="Ways to find skills">
        <TrendingSkills />
        <Categories current={filters.category} />
      </aside>
    </div>
  );
}

function Recommended() {
  const { notify } = useHearth();
  const found = useRecommended();
  const skip = useSkip();
  return (
    <section className="column" aria-labelledby="for-you">
      <h2 id="for-you" className="section-title">
        Recommended for you
      </h2>
      <SkillList
        found={found}
        skills={found.data?.results}
        empty="Nothing to recommend yet"
        hint="Like or download a skill, and what suits you shows here."
      >
        {(skill) => (
          <SkillCard skill={skill} link={skillLink}>
            <button
              type="button"
              className="h-link skill__skip"
              aria-label={`Not for me: ${skill.title}`}
              disabled={skip.isPending}
              onClick={() =>
                skip.mutate({ id: skill.id, skip: true }, { onError: (error) => notify(messageOf(error), 'error') })
              }
            >
              Not for me
            </button>
          </SkillCard>
        )}
      </SkillList>
    </section>
  );
}
