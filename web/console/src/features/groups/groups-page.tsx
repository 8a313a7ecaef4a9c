import { EmptyState, ErrorState, messageOf, Skeleton } from '@hearth/widgets';
import { useGroups } from './api';
import { FoundGroup } from './found-group';
import { GroupCard } from './group-card';

export function GroupsPage() {
  const groups = useGroups();
  return (
    <main className="column column--alone" id="main">
      <h1 className="page-title">Groups</h1>
      <FoundGroup />
      {groups.isPending ? <Skeleton label="Loading groups" /> : null}
      {groups.isError ? <ErrorState message={messageOf(groups.error)} onRetry={() => void groups.refetch()} /> : null}
      {groups.data?.results.length === 0 ? <EmptyState title="No groups yet">Found the first one.</EmptyState> : null}
      <ul className="plain-list">
        {groups.data?.results.map((group) => (
          <li key={group.id}>
            <GroupCard group={group} />
          </li>
        ))}
      </ul>
    </main>
  );
}
