import {
  ApiError,
  Avatar,
  badgeWords,
  EmptyState,
  ErrorState,
  messageOf,
  PostFeed,
  ReputationBadge,
  Skeleton,
} from '@hearth/widgets';
import { Link } from '@tanstack/react-router';
import { useSession } from '../auth/use-session';
import { postLink } from '../feed/post-link';
import { usePerson } from './api';
import { PersonSkills } from './person-skills';
import { TieButtons } from './tie-buttons';

/** Somebody as everyone may see them. */
export function PersonPage({ id }: { id: string }) {
  const { user } = useSession();
  const found = usePerson(id);
  if (found.isPending) {
    return (
      <main className="column column--alone" id="main">
        <Skeleton label="Loading this person" />
      </main>
    );
  }
  if (found.isError) {
    return (
      <main className="column column--alone" id="main">
        {found.error instanceof ApiError && found.error.status === 404 ? (
          <EmptyState title="Nobody to see here">They keep to themselves, or there is no such person.</EmptyState>
        ) : (
          <ErrorState message={messageOf(found.error)} onRetry={() => void found.refetch()} />
        )}
      </main>
    );
  }
  const person = found.data;
  const since = new Date(person.since).toLocaleDateString(undefined, { month: 'long', year: 'numeric' });
  return (
    <main className="profile-page" id="main">
      <div className="column profile-page__head">
        <header className="h-card profile">
          <Avatar user={person} size="lg" />
          <div className="profile__text">
            <h1 className="page-title">{person.display_name}</h1>
            <p className="h-muted">
              @{person.username} · here since {since}
            </p>
            {person.bio ? <p>{person.bio}</p> : null}
          </div>
          {user?.id === person.id ? <Link to="/profile">Your own page</Link> : <TieButtons id={person.id} />}
        </header>
      </div>
      <aside className="aside" aria-label={`How ${person.display_name} is doing`}>
        <section className="h-card">
          <h2 className="card-title">Reputation</h2>
          <ReputationBadge userId={person.user_id} showBadges={false} />
        </section>
        <Badges badges={person.badges_display} />
      </aside>
      <div className="column profile-page__posts">
        <PersonSkills id={person.id} />
        <h2 className="section-title">Posts</h2>
        <PostFeed author={person.id} link={postLink} empty={`${person.display_name} has not posted yet`} />
      </div>
    </main>
  );
}

function Badges({ badges }: { badges: readonly { name: string; awarded_at: string }[] }) {
  if (badges.length === 0) return null;
  return (
    <section className="h-card">
      <h2 className="card-title">Badges</h2>
      <ul className="plain-list">
        {badges.map(({ name, awarded_at }) => (
          <li key={name} className="earned">
            <span title={badgeWords(name).what}>{badgeWords(name).title}</span>
            <time className="h-muted" dateTime={awarded_at}>
              {new Date(awarded_at).toLocaleDateString(undefined, { day: 'numeric', month: 'short', year: 'numeric' })}
            </time>
          </li>
        ))}
      </ul>
    </section>
  );
}
