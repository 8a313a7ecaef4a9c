import { type Group, messageOf, plural, useHearth } from '@hearth/widgets';
import { Link } from '@tanstack/react-router';
import { useMembership } from './api';

export function GroupCard({ group }: { group: Group }) {
  return (
    <article className="h-card group">
      <div className="group__text">
        <h2 className="card-title">
          <Link to="/groups/$id" params={{ id: String(group.id) }}>
            {group.name}
          </Link>
        </h2>
        {group.description ? <p>{group.description}</p> : null}
        <p className="h-muted">{plural(group.member_count, 'member')}</p>
      </div>
      <MembershipButton group={group} />
    </article>
  );
}

export function MembershipButton({ group }: { group: Group }) {
  const { notify } = useHearth();
  const membership = useMembership();
  const change = () =>
    membership.mutate(
      { id: group.id, join: !group.is_member },
      { onError: (error) => notify(messageOf(error), 'error') },
    );
  return (
    <button
      type="button"
      className={`h-button${group.is_member ? ' h-button--quiet' : ''}`}
      aria-label={`${group.is_member ? 'Leave' : 'Join'} ${group.name}`}
      disabled={membership.isPending}
      onClick={change}
    >
      {group.is_member ? 'Leave' : 'Join'}
    </button>
  );
}
