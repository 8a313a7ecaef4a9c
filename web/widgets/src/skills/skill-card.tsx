import { type ReactNode, useId } from 'react';
import { ApiError, messageOf } from '../api/api-error';
import type { Skill } from '../api/wire';
import { Avatar } from '../shared/avatar';
import { Icon } from '../shared/icon';
import { PersonName } from '../shared/person-name';
import { plural, shortNumber } from '../shared/short-number';
import { ErrorState, Skeleton } from '../shared/states';
import { useSkill } from './api';
import { LikeButton } from './like-button';
import { Rating } from './rating';

export interface SkillCardProps {
  /** The skill itself, where the page has it. */
  skill?: Skill;
  /** Else which one to read; that counts as a view of it. */
  skillId?: string;
  /** Makes the title a link; the page decides where to. */
  link?: (skill: Skill, children: ReactNode) => ReactNode;
  /** Title, author and figures alone. */
  compact?: boolean;
  /** What the page adds below. */
  children?: ReactNode;
  className?: string;
}

/** A skill that somebody shared: what it is, whose, and what people think of it. */
export function SkillCard({ skill, skillId = '', ...rest }: SkillCardProps) {
  const found = useSkill(skillId, skill === undefined);
  const one = skill ?? found.data;
  if (one) return <Card skill={one} {...rest} />;
  if (found.isError) {
    return found.error instanceof ApiError && found.error.status === 404 ? (
      <p className="h-muted">This skill is not there, or not for you.</p>
    ) : (
      <ErrorState message={messageOf(found.error)} onRetry={() => void found.refetch()} />
    );
  }
  return <Skeleton label="Loading a skill" />;
}

function Card({ skill, link, compact = false, children, className = '' }: SkillCardProps & { skill: Skill }) {
  const id = useId();
  const { title, author, days } = skill;
  return (
    <article className={`h-card h-skill ${compact ? 'h-skill--compact' : ''} ${className}`} aria-labelledby={id}>
      {skill.because ? (
        <p className="h-skill__because">
          <Icon name="flame" />
          {skill.because.text}
        </p>
      ) : null}
      <h3 id={id} className="h-skill__title">
        {link ? link(skill, title) : title}
      </h3>
      <p className="h-skill__who">
        <Avatar user={author} size="sm" />
        <PersonName user={author} />
      </p>
      {compact || skill.description === '' ? null : <p className="h-skill__text">{skill.description}</p>}
      <ul className="h-skill__facts" aria-label="About it">
        <li>{skill.category}</li>
        <li>{skill.difficulty}</li>
        {days.length > 0 ? <li>{plural(days.length, 'day')}</li> : null}
        {skill.visibility === 'public' ? null : (
          <li>{skill.visibility === 'private' ? 'only for you' : 'for followers'}</li>
        )}
      </ul>
      <footer className="h-skill__foot">
        <LikeButton skill={skill} />
        <Rating rating={skill.rating} />
        <Figure icon="comment" words={plural(skill.comment_count, 'comment')} value={skill.comment_count} />
        <Figure icon="download" words={plural(skill.downloads, 'download')} value={skill.downloads} />
      </footer>
      {children}
    </article>
  );
}

function Figure({ icon, value, words }: { icon: 'comment' | 'download'; value: number; words: string }) {
  return (
    <span className="h-skill__figure" title={words}>
      <Icon name={icon} />
      <span aria-hidden="true">{shortNumber(value)}</span>
      <span className="h-visually-hidden">{words}</span>
    </span>
  );
}
