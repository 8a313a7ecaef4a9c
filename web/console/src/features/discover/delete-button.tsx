import { useState } from 'react';

interface DeleteButtonProps {
  what: string;
  disabled?: boolean;
  onDelete: () => void;
}

/** Asks once more, in place. */
export function DeleteButton({ what, disabled = false, onDelete }: DeleteButtonProps) {
  const [asking, setAsking] = useState(false);
  if (!asking) {
    return (
      <button type="button" className="h-link" aria-label={`Delete this ${what}`} onClick={() => setAsking(true)}>
        Delete
      </button>
    );
  }
  return (
    <span className="skill__own" role="group" aria-label={`Delete this ${what}?`}>
      <button type="button" className="h-button h-button--danger h-button--sm" disabled={disabled} onClick={onDelete}>
        Delete for good
      </button>
      <button type="button" className="h-button h-button--quiet h-button--sm" onClick={() => setAsking(false)}>
        Keep
      </button>
    </span>
  );
}
