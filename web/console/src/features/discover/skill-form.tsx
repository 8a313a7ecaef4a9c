import type { Skill, SkillRequest } from '@hearth/widgets';
import { useId, useState } from 'react';
import { Field } from '../../shared/field';
import { FormError } from '../../shared/form-error';
import { Labelled } from '../../shared/labelled';
import { useForm } from '../../shared/use-form';
import { useCategories } from './api';
import { DayEditor } from './day-editor';
import { type DraftDay, daysOf, draftsOf, listOf } from './drafts';
import { DIFFICULTIES, VISIBILITIES } from './filters';

interface SkillFormProps {
  skill?: Skill;
  action: string;
  onSave: (skill: SkillRequest) => Promise<void>;
}

const SEEN_BY = { public: 'Everybody', followers: 'Whoever follows you', private: 'Only you' } as const;

/** Writes a skill down, or changes it. */
export function SkillForm({ skill, action, onSave }: SkillFormProps) {
  const categories = useCategories();
  const list = useId();
  const [days, setDays] = useState<readonly DraftDay[]>(() => draftsOf(skill?.days ?? []));
  const form = useForm(({ title = '', description = '', category = '', tags = '', difficulty, visibility }) =>
    onSave({
      title: title.trim(),
      description: description.trim(),
      category: category.trim() || 'general',
      difficulty,
      visibility,
      tags: listOf(tags, ','),
      days: daysOf(days),
    }),
  );
  return (
    <form className="h-card form" aria-label={action} onSubmit={form.onSubmit}>
      <Field
        label="Title"
        name="title"
        maxLength={150}
        required
        defaultValue={skill?.title}
        error={form.fields.title}
      />
      <Labelled label="What is it, and for whom?" error={form.fields.description}>
        {(control) => (
          <textarea {...control} name="description" rows={4} maxLength={10_000} defaultValue={skill?.description} />
        )}
      </Labelled>
      <div className="between">
        <Field
          label="Category"
          name="category"
          maxLength={50}
          list={list}
          defaultValue={skill?.category}
          error={form.fields.category}
        />
        <Labelled label="Difficulty" error={form.fields.difficulty}>
          {(control) => (
            <select {...control} name="difficulty" defaultValue={skill?.difficulty}>
              {DIFFICULTIES.map((one) => (
                <option key={one}>{one}</option>
              ))}
            </select>
          )}
        </Labelled>
      </div>
      <datalist id={list}>
        {categories.data?.results.map(({ category }) => (
          <option key={category} value={category} />
        ))}
      </datalist>
      <Field
        label="Tags (optional)"
        name="tags"
        hint="Apart by commas: bread, patience"
        defaultValue={skill?.tags.join(', ')}
        error={form.fields.tags}
      />
      <DayEditor days={days} onChange={setDays} error={form.fields.days} />
      <Labelled label="Who sees it" error={form.fields.visibility}>
        {(control) => (
          <select {...control} name="visibility" defaultValue={skill?.visibility}>
            {VISIBILITIES.map((one) => (
              <option key={one} value={one}>
                {SEEN_BY[one]}
              </option>
            ))}
          </select>
        )}
      </Labelled>
      <FormError>{form.error}</FormError>
      <div className="form__actions">
        <button type="submit" className="h-button" disabled={form.busy}>
          {action}
        </button>
      </div>
    </form>
  );
}
