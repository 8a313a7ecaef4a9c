import { Field } from '../../shared/field';
import { Labelled } from '../../shared/labelled';
import { useForm } from '../../shared/use-form';
import { useFoundExperiment } from './api';

const TYPES = ['view', 'like', 'dislike', 'save', 'share', 'skip', 'play', 'complete', 'rate'];

/** Begins an experiment; nothing of it can be changed afterwards, or its report would mean nothing. */
export function NewExperimentForm() {
  const found = useFoundExperiment();
  const form = useForm(async ({ name = '', variants = '', outcome = '', outcomeDays, plannedPeople }) => {
    await found.mutateAsync({
      name: name.trim(),
      description: '',
      variants: parsed(variants),
      outcome,
      outcomeDays: Number(outcomeDays),
      plannedPeople: Number(plannedPeople),
    });
  });
  return (
    <form className="h-card form" aria-label="Begin an experiment" onSubmit={form.onSubmit}>
      <h2 className="card-title">Begin an experiment</h2>
      <Field label="Name" name="name" maxLength={100} required error={form.fields.name ?? form.error ?? undefined} />
      <Field
        label="Variants"
        hint="With commas; the first is what the others are compared with. “as it is: 9, new: 1” gives one person of ten the new one."
        name="variants"
        required
        defaultValue="as it is, new"
        error={form.fields.variants}
      />
      <Labelled label="Hoped for" hint="What a person does after meeting it." error={form.fields.outcome}>
        {(control) => (
          <select {...control} name="outcome" defaultValue="like">
            {TYPES.map((type) => (
              <option key={type}>{type}</option>
            ))}
          </select>
        )}
      </Labelled>
      <Field
        label="Within days"
        name="outcomeDays"
        type="number"
        min={1}
        max={90}
        required
        defaultValue={7}
        error={form.fields.outcomeDays}
      />
      <Field
        label="People of each variant before anything is decided"
        name="plannedPeople"
        type="number"
        min={1}
        max={100_000_000}
        required
        defaultValue={1000}
        error={form.fields.plannedPeople}
      />
      <div className="form__actions">
        <button type="submit" className="h-button" disabled={form.busy}>
          Begin
        </button>
      </div>
    </form>
  );
}

/** "as it is: 9, new: 1"; without a number a variant weighs 1. What is no number belongs to the name. */
export function parsed(text: string): { name: string; weight: number }[] {
  return text
    .split(',')
    .map((one) => /^(.*?)(?::\s*(\d+))?$/.exec(one.trim()))
    .map((found) => ({ name: found?.[1]?.trim() ?? '', weight: Number(found?.[2] ?? 1) }))
    .filter(({ name }) => name.length > 0);
}
