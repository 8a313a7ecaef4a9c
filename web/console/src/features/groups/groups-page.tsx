import { EmptyState, ErrorState, messageOf, Skeleton } from '@hearth/widgets';
import { ShowMore } from '../../shared/show-more';
import { useGroups } from './api';
import { FoundGroup } from './found-group';
import { GroupCard } from './group-card';

export function GroupsPage() {
  const groups = useGroups();
  const list = groups.data?.pages.flatMap((page) => page.results);
  return (
    <main className="column column--alone" id="main">
      <h1 className="page-title">Groups</h1>
      <FoundGroup />
      {groups.isPending ? <Skeleton label="Loading groups" /> : null}
      {groups.isError ? <ErrorState message={messageOf(groups.error)} onRetry={() => void groups.refetch()} /> : null}
      {list?.length === 0 ? <EmptyState title="No groups yet">Found the first one.</EmptyState> : null}
      <ul className="plain-list">
        {list?.map((group) => (
          <li key={group.id}>
            <GroupCard group={group} />
          </li>
        ))}
      </ul>
      <ShowMore list={groups} />
    </main>
  );
}
