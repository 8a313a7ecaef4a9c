import { Icon } from '@hearth/widgets';
import { Field } from '../../shared/field';
import { Labelled } from '../../shared/labelled';
import { type DraftDay, withNext } from './drafts';

interface DayEditorProps {
  days: readonly DraftDay[];
  onChange: (days: readonly DraftDay[]) => void;
  error?: string;
}

/** The days of a skill, each with a line per task. */
export function DayEditor({ days, onChange, error }: DayEditorProps) {
  const set = (key: number, change: Partial<DraftDay>) =>
    onChange(days.map((one) => (one.key === key ? { ...one, ...change } : one)));
  return (
    <fieldset className="day-editor" aria-invalid={error ? true : undefined}>
      <legend>Day by day (optional)</legend>
      {days.map((one) => (
        <div key={one.key} className="day-editor__one" role="group" aria-label={`Day ${one.day}`}>
          <div className="day-editor__head">
            <Field
              label="Day"
              type="number"
              min={1}
              max={3650}
              required
              value={one.day || ''}
              onChange={(event) => set(one.key, { day: Number(event.target.value) })}
            />
            <Field
              label="What it is about"
              maxLength={150}
              value={one.title}
              onChange={(event) => set(one.key, { title: event.target.value })}
            />
            <button
              type="button"
              className="h-icon-button"
              aria-label={`Remove day ${one.day}`}
              onClick={() => onChange(days.filter((other) => other.key !== one.key))}
            >
              <Icon name="trash" />
            </button>
          </div>
          <Labelled label="Tasks, one a line">
            {(control) => (
              <textarea
                {...control}
                rows={3}
                value={one.tasks}
                onChange={(event) => set(one.key, { tasks: event.target.value })}
              />
            )}
          </Labelled>
        </div>
      ))}
      {error ? (
        <p className="h-field-error" role="alert">
          {error}
        </p>
      ) : null}
      <button
        type="button"
        className="h-button h-button--quiet h-button--sm"
        disabled={days.length >= 366}
        onClick={() => onChange(withNext(days))}
      >
        <Icon name="plus" />
        Add a day
      </button>
    </fieldset>
  );
}
