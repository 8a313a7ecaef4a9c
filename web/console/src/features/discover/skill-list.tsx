import { EmptyState, ErrorState, messageOf, Skeleton, type Skill } from '@hearth/widgets';
import type { ReactNode } from 'react';

interface SkillListProps {
  found: { isPending: boolean; isError: boolean; error: unknown; refetch: () => unknown };
  skills: readonly Skill[] | undefined;
  empty: string;
  hint: ReactNode;
  children: (skill: Skill) => ReactNode;
}

/** Skills one below the other, or why there are none. */
export function SkillList({ found, skills, empty, hint, children }: SkillListProps) {
  if (found.isPending) return <Skeleton lines={6} label="Loading skills" />;
  if (found.isError) return <ErrorState message={messageOf(found.error)} onRetry={() => void found.refetch()} />;
  if (!skills || skills.length === 0) return <EmptyState title={empty}>{hint}</EmptyState>;
  return (
    <ul className="plain-list">
      {skills.map((skill) => (
        <li key={skill.id}>{children(skill)}</li>
      ))}
    </ul>
  );
}
