import { useState } from 'react';
import { Icon } from '../shared/icon';

interface OwnerActionsProps {
  what: string;
  onEdit: () => void;
  onDelete: () => void;
}

/** Edit and delete, for who may. Deleting asks once more, in place. */
export function OwnerActions({ what, onEdit, onDelete }: OwnerActionsProps) {
  const [asking, setAsking] = useState(false);
  if (asking) {
    return (
      <span className="h-owner" role="group" aria-label={`Delete this ${what}?`}>
        <button type="button" className="h-button h-button--danger h-button--sm" onClick={onDelete}>
          Delete
        </button>
        <button type="button" className="h-button h-button--quiet h-button--sm" onClick={() => setAsking(false)}>
          Keep
        </button>
      </span>
    );
  }
  return (
    <span className="h-owner">
      <button type="button" className="h-icon-button" aria-label={`Edit this ${what}`} onClick={onEdit}>
        <Icon name="edit" />
      </button>
      <button
        type="button"
        className="h-icon-button"
        aria-label={`Delete this ${what}`}
        onClick={() => setAsking(true)}
      >
        <Icon name="trash" />
      </button>
    </span>
  );
}
