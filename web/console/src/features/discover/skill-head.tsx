import {
  Avatar,
  FollowButton,
  Icon,
  LikeButton,
  messageOf,
  PersonName,
  plural,
  RichText,
  type Skill,
  TimeAgo,
  useHearth,
} from '@hearth/widgets';
import { Link } from '@tanstack/react-router';
import { ReportButton } from '../report/report-button';
import { useDownload } from './api';
import { OwnSkill } from './own-skill';
import { planOf, save } from './plan-file';

const SEEN_BY: Record<string, string> = {
  public: 'For everybody',
  followers: 'For followers',
  private: 'Only for you',
};

/** What a skill is, whose, and what one can do with it. */
export function SkillHead({ skill, isMine }: { skill: Skill; isMine: boolean }) {
  const { author } = skill;
  return (
    <header className="h-card skill">
      <h1 className="page-title">{skill.title}</h1>
      <div className="skill__who">
        <Avatar user={author} />
        <div className="skill__name">
          <PersonName user={author} />
          <span className="h-muted">
            <TimeAgo at={skill.created_at} />
            {skill.updated_at > skill.created_at ? ' · edited' : ''}
          </span>
        </div>
        <FollowButton userId={author.id} name={author.display_name} size="sm" />
      </div>
      <ul className="chips" aria-label="About it">
        <li>
          <Link to="/discover" search={{ category: skill.category }} className="chip">
            {skill.category}
          </Link>
        </li>
        <li className="chip">{skill.difficulty}</li>
        <li className="chip">{SEEN_BY[skill.visibility] ?? skill.visibility}</li>
      </ul>
      {skill.description === '' ? null : (
        <p className="skill__text">
          <RichText text={skill.description} />
        </p>
      )}
      {skill.tags.length > 0 ? (
        <ul className="chips" aria-label="Tags">
          {skill.tags.map((tag) => (
            <li key={tag}>
              <Link to="/discover" search={{ q: tag }} className="skill__tag">
                #{tag}
              </Link>
            </li>
          ))}
        </ul>
      ) : null}
      <div className="skill__marks">
        <LikeButton skill={skill} />
        <DownloadButton skill={skill} />
        <span className="h-muted skill__views">
          <Icon name="eye" /> {plural(skill.views, 'reader')}
        </span>
      </div>
      {isMine ? <OwnSkill skill={skill} /> : <ReportButton kind="skill" id={skill.id} />}
    </header>
  );
}

/** Takes the skill along as a file that any editor opens. */
function DownloadButton({ skill }: { skill: Skill }) {
  const { notify } = useHearth();
  const download = useDownload(skill.id);
  const take = () =>
    download.mutate(undefined, {
      onSuccess: (taken) => save(planOf(taken.skill)),
      onError: (error) => notify(messageOf(error), 'error'),
    });
  return (
    <button type="button" className="h-button h-button--quiet" disabled={download.isPending} onClick={take}>
      <Icon name="download" />
      Download
      <span className="h-muted">{plural(skill.downloads, 'download')}</span>
    </button>
  );
}
