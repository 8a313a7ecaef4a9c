import { EmptyState, ErrorState, messageOf, Skeleton } from '@hearth/widgets';
import type { ReactNode } from 'react';
import { ShowMore } from '../../shared/show-more';

interface ListStateProps {
  list: {
    isPending: boolean;
    isError: boolean;
    error: unknown;
    refetch: () => unknown;
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    fetchNextPage: () => unknown;
    data?: { pages: { results: unknown[] }[] };
  };
  loading: string;
  empty: string;
  children: ReactNode;
}

/** A list with what there is to say while it comes, when it fails and when it is empty. */
export function ListState({ list, loading, empty, children }: ListStateProps) {
  if (list.isPending) return <Skeleton lines={4} label={loading} />;
  if (list.isError) return <ErrorState message={messageOf(list.error)} onRetry={() => void list.refetch()} />;
  if (list.data?.pages[0]?.results.length === 0) return <EmptyState title={empty} />;
  return (
    <>
      {children}
      <ShowMore list={list} />
    </>
  );
}
