import { Avatar, Composer, ErrorState, messageOf, PersonName, PostFeed, plural, Skeleton } from '@hearth/widgets';
import { BackLink } from '../../shared/back-link';
import { postLink } from '../feed/post-link';
import { useGroupById, useMembers } from './api';
import { MembershipButton } from './group-card';

export function GroupPage({ id }: { id: number }) {
  const group = useGroupById(id);
  const members = useMembers(id);
  if (group.isPending) {
    return (
      <main className="column column--alone" id="main">
        <Skeleton label="Loading the group" />
      </main>
    );
  }
  if (group.isError) {
    return (
      <main className="column column--alone" id="main">
        <ErrorState message={messageOf(group.error)} onRetry={() => void group.refetch()} />
      </main>
    );
  }
  return (
    <div className="columns">
      <main className="column" id="main">
        <BackLink to="/groups">Groups</BackLink>
        <header className="h-card group">
          <div className="group__text">
            <h1 className="page-title">{group.data.name}</h1>
            {group.data.description ? <p>{group.data.description}</p> : null}
            <p className="h-muted">{plural(group.data.member_count, 'member')}</p>
          </div>
          <MembershipButton group={group.data} />
        </header>
        {group.data.is_member ? <Composer group={id} placeholder={`Write to ${group.data.name}`} /> : null}
        <PostFeed group={id} link={postLink} empty="No posts in this group yet" />
      </main>
      <aside className="aside" aria-label="Members">
        <section className="h-card">
          <h2 className="card-title">Members</h2>
          <ul className="people">
            {members.data?.results.map(({ user }) => (
              <li key={user.id}>
                <Avatar user={user} size="sm" />
                <PersonName user={user} />
              </li>
            ))}
          </ul>
        </section>
      </aside>
    </div>
  );
}
