import { Icon } from '@hearth/widgets';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { Field } from '../../shared/field';
import { useForm } from '../../shared/use-form';
import { useFoundGroup } from './api';

export function FoundGroup() {
  const [open, setOpen] = useState(false);
  const found = useFoundGroup();
  const navigate = useNavigate();
  const form = useForm(async ({ name = '', description = '' }) => {
    const group = await found.mutateAsync({ name: name.trim(), description: description.trim() });
    await navigate({ to: '/groups/$id', params: { id: String(group.id) } });
  });
  if (!open) {
    return (
      <button type="button" className="h-button h-button--quiet" onClick={() => setOpen(true)}>
        <Icon name="plus" />
        Found a group
      </button>
    );
  }
  return (
    <form className="h-card form" aria-label="Found a group" onSubmit={form.onSubmit}>
      <Field
        label="Name"
        name="name"
        maxLength={150}
        required
        autoFocus
        error={form.fields.name ?? form.error ?? undefined}
      />
      <Field label="What is it about? (optional)" name="description" maxLength={2000} error={form.fields.description} />
      <div className="form__actions">
        <button type="button" className="h-button h-button--quiet" onClick={() => setOpen(false)}>
          Cancel
        </button>
        <button type="submit" className="h-button" disabled={form.busy}>
          Found it
        </button>
      </div>
    </form>
  );
}
