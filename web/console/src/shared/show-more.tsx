interface ShowMoreProps {
  list: {
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    fetchNextPage: () => unknown;
  };
  /** What the button says. */
  children?: string;
  /** As a link in a thread instead of a button below a list. */
  className?: string;
}

/** The button below a list that has further pages. */
export function ShowMore({ list, children = 'Show more', className = 'h-button h-button--quiet' }: ShowMoreProps) {
  if (!list.hasNextPage) return null;
  return (
    <button
      type="button"
      className={className}
      disabled={list.isFetchingNextPage}
      onClick={() => void list.fetchNextPage()}
    >
      {children}
    </button>
  );
}
