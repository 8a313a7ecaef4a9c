/** A length that shows a share, 0 to 1. The number itself stands beside it, so it says nothing. */
export function Bar({ share }: { share: number }) {
  const width = `${Math.round(Math.min(1, Math.max(0, share)) * 100)}%`;
  return (
    <span className="h-bar" aria-hidden="true">
      <span className="h-bar__fill" style={{ width }} />
    </span>
  );
}
