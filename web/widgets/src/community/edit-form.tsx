import { type FormEvent, useEffect, useRef, useState } from 'react';
import { submitOnModEnter } from '../shared/submit-key';

interface EditFormProps {
  title?: string;
  text: string;
  onSave: (change: { title: string; text: string }) => void;
  onCancel: () => void;
}

/** Changes a text in place; with a title where the thing has one. Escape leaves it as it was. */
export function EditForm({ title, text, onSave, onCancel }: EditFormProps) {
  const [newTitle, setTitle] = useState(title ?? '');
  const [newText, setText] = useState(text);
  const field = useRef<HTMLTextAreaElement>(null);
  useEffect(() => field.current?.focus(), []);
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (newText.trim() !== '') onSave({ title: newTitle.trim(), text: newText.trim() });
  };
  return (
    <form
      className="h-edit"
      aria-label="Edit"
      onSubmit={save}
      onKeyDown={(event) => {
        if (event.key === 'Escape') onCancel();
      }}
    >
      {title === undefined ? null : (
        <input value={newTitle} maxLength={150} aria-label="Title" onChange={(event) => setTitle(event.target.value)} />
      )}
      <textarea
        ref={field}
        rows={3}
        value={newText}
        maxLength={10_000}
        aria-label="Text"
        onKeyDown={submitOnModEnter}
        onChange={(event) => setText(event.target.value)}
      />
      <div className="h-edit__actions">
        <button type="button" className="h-button h-button--quiet h-button--sm" onClick={onCancel}>
          Cancel
        </button>
        <button type="submit" className="h-button h-button--sm" disabled={newText.trim() === ''}>
          Save
        </button>
      </div>
    </form>
  );
}
