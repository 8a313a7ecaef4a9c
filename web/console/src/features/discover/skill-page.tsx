import { ApiError, EmptyState, ErrorState, messageOf, Skeleton, type Skill, useSkill } from '@hearth/widgets';
import type { ReactNode } from 'react';
import { BackLink } from '../../shared/back-link';
import { useSession } from '../auth/use-session';
import { RateSkill } from './rate-skill';
import { SkillComments } from './skill-comments';
import { SkillDays } from './skill-days';
import { SkillHead } from './skill-head';
import { SkillReviews } from './skill-reviews';
import { SkillTasks } from './skill-tasks';
import { useSkillRoom } from './use-skill-room';

/** A skill to read, do, and talk about. */
export function SkillPage({ id }: { id: string }) {
  const { user } = useSession();
  return (
    <SkillRead id={id}>
      {(skill) => (
        <div className="columns">
          <main className="column" id="main">
            <BackLink to="/discover">Discover</BackLink>
            <SkillHead skill={skill} isMine={user?.id === skill.author.id} />
            <SkillDays days={skill.days} />
            <SkillTasks skill={skill} />
            <SkillComments skill={skill} />
          </main>
          <aside className="aside" aria-label="What people think of it">
            <RateSkill skill={skill} isMine={user?.id === skill.author.id} />
            <SkillReviews skill={skill} />
          </aside>
        </div>
      )}
    </SkillRead>
  );
}

/** Reads a skill, and says what is the matter where it cannot. */
export function SkillRead({ id, children }: { id: string; children: (skill: Skill) => ReactNode }) {
  const found = useSkill(id);
  useSkillRoom(id, found.data !== undefined && !isGone(found.error));
  if (found.data && !isGone(found.error)) return children(found.data);
  return (
    <main className="column column--alone" id="main">
      <BackLink to="/discover">Discover</BackLink>
      {found.isError ? (
        isGone(found.error) ? (
          <EmptyState title="No skill to see here">It is gone, or its author shares it with others.</EmptyState>
        ) : (
          <ErrorState message={messageOf(found.error)} onRetry={() => void found.refetch()} />
        )
      ) : (
        <Skeleton lines={6} label="Loading the skill" />
      )}
    </main>
  );
}

function isGone(error: unknown): boolean {
  return error instanceof ApiError && error.status === 404;
}
