import { SkillCard } from '@hearth/widgets';
import { useSkillsOf } from '../discover/api';
import { skillLink } from '../discover/skill-link';

/** What a person teaches; nothing where that is nothing. */
export function PersonSkills({ id }: { id: string }) {
  const skills = useSkillsOf(id).data?.results ?? [];
  if (skills.length === 0) return null;
  return (
    <>
      <h2 className="section-title">Skills</h2>
      <ul className="plain-list">
        {skills.map((skill) => (
          <li key={skill.id}>
            <SkillCard skill={skill} link={skillLink} compact />
          </li>
        ))}
      </ul>
    </>
  );
}
