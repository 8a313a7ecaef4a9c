import { Icon, type Skill } from '@hearth/widgets';
import { useState } from 'react';
import { Field } from '../../shared/field';
import { FormError } from '../../shared/form-error';
import { Labelled } from '../../shared/labelled';
import { useForm } from '../../shared/use-form';
import { useChangeTasks } from './talk-api';

/** Adds something to do on one of a skill's days. */
export function ProposeTask({ skill }: { skill: Skill }) {
  const [open, setOpen] = useState(false);
  const { propose } = useChangeTasks(skill.id);
  const form = useForm(async ({ day = '', title = '', description = '' }) => {
    const words = description.trim();
    await propose.mutateAsync({ day: Number(day), title: title.trim(), description: words === '' ? null : words });
    setOpen(false);
  });
  if (!open) {
    return (
      <button type="button" className="h-button h-button--quiet h-button--sm tasks__add" onClick={() => setOpen(true)}>
        <Icon name="plus" />
        Propose a task
      </button>
    );
  }
  return (
    <form className="form tasks__add" aria-label="Propose a task" onSubmit={form.onSubmit}>
      <Field label="What to do" name="title" maxLength={150} required autoFocus error={form.fields.title} />
      <Labelled label="How (optional)" error={form.fields.description}>
        {(control) => <textarea {...control} name="description" rows={2} maxLength={2000} />}
      </Labelled>
      <Field
        label="On which day"
        name="day"
        type="number"
        min={1}
        max={3650}
        required
        defaultValue={skill.days[0]?.day ?? 1}
        error={form.fields.day}
      />
      <FormError>{form.error}</FormError>
      <div className="form__actions">
        <button type="button" className="h-button h-button--quiet" onClick={() => setOpen(false)}>
          Cancel
        </button>
        <button type="submit" className="h-button" disabled={form.busy}>
          Propose it
        </button>
      </div>
    </form>
  );
}
