import { FollowButton, type Skill, SkillCard } from '@hearth/widgets';
import { useFoundSkills } from '../discover/api';
import { skillLink } from '../discover/skill-link';
import { Exhibit } from './exhibit';

/** A skill of this community in each state that its card has, and its author to follow. */
export function SkillExhibits() {
  const found = useFoundSkills({ sort: 'rating' });
  const [skill] = found.data?.pages.flatMap((page) => page.results) ?? [];
  if (!skill) return null;
  const { id, author } = skill;
  const why = { kind: 'following', text: `You follow ${author.display_name}.`, skill: null, people: null };
  const fresh: Skill = { ...skill, rating: { average: 0, count: 0 }, visibility: 'followers', because: why };
  return (
    <>
      <Exhibit
        title="Skill"
        react={`<SkillCard skillId="${id}" />`}
        html={`<hearth-skill skill-id="${id}"></hearth-skill>`}
      >
        <SkillCard skill={skill} link={skillLink} />
      </Exhibit>
      <Exhibit
        title="Skill in a list, recommended, not rated, for followers"
        react={'<SkillCard skill={skill} compact />'}
        html={`<hearth-skill skill-id="${id}" compact></hearth-skill>`}
      >
        <SkillCard skill={fresh} link={skillLink} compact />
      </Exhibit>
      <Exhibit
        title="Follow"
        react={`<FollowButton userId="${author.id}" />`}
        html={`<hearth-follow user-id="${author.id}"></hearth-follow>`}
      >
        <p className="beside">
          <span className="h-name">{author.display_name}</span>
          <FollowButton userId={author.id} />
          <FollowButton userId={author.id} name={author.display_name} size="sm" />
        </p>
      </Exhibit>
    </>
  );
}
