import { EmptyState, ErrorState, messageOf, plural, Skeleton, useHearth } from '@hearth/widgets';
import { Field } from '../../shared/field';
import { FormError } from '../../shared/form-error';
import { useForm } from '../../shared/use-form';
import { useAddRule, useChangeRule, useRules } from './api';

const TYPES = ['post', 'comment', 'skill', 'task', 'user'] as const;
const SCORERS = { '': 'Nothing', spam: 'It is spam', offensive: 'It is hateful or offensive' };
const ACTIONS = { flag: 'Report it', hide: 'Report and hide it', reject: 'Refuse it' };

/** The rules that look at every text as it is written. */
export function Rules() {
  const { notify } = useHearth();
  const rules = useRules();
  const change = useChangeRule();
  const set = (id: string, is_active: boolean | null) =>
    change.mutate({ id, is_active }, { onError: (error) => notify(messageOf(error), 'error') });
  return (
    <section className="stack" aria-label="Rules">
      {rules.isPending ? <Skeleton lines={3} label="Loading the rules" /> : null}
      {rules.isError ? <ErrorState message={messageOf(rules.error)} onRetry={() => void rules.refetch()} /> : null}
      {rules.data?.results.length === 0 ? <EmptyState title="No rules yet" /> : null}
      {rules.data?.results.map((rule) => (
        <article key={rule.id} className="h-card stack" aria-label={rule.name}>
          <header className="report__head">
            <strong>{rule.name}</strong>
            <span className="h-muted">{rule.is_active ? plural(rule.matches, 'match', 'matches') : 'off'}</span>
          </header>
          <p className="h-muted report__rule">
            {ACTIONS[rule.action as keyof typeof ACTIONS]} · {rule.content_types.join(', ')} · severity {rule.severity}
            {rule.keywords.length > 0 ? ` · ${rule.keywords.join(', ')}` : ''}
            {rule.pattern ? ` · /${rule.pattern}/` : ''}
            {rule.scorer ? ` · ${rule.scorer} from ${Math.round((rule.threshold ?? 1) * 1000) / 10} %` : ''}
          </p>
          <div className="report__tools">
            <button type="button" className="h-link" onClick={() => set(rule.id, !rule.is_active)}>
              {rule.is_active ? 'Switch off' : 'Switch on'}
            </button>
            <button
              type="button"
              className="h-link"
              aria-label={`Remove ${rule.name}`}
              onClick={() => set(rule.id, null)}
            >
              Remove
            </button>
          </div>
        </article>
      ))}
      <AddRule />
    </section>
  );
}

function AddRule() {
  const { notify } = useHearth();
  const add = useAddRule();
  const form = useForm(async (values) => {
    await add.mutateAsync({
      name: values.name ?? '',
      keywords: (values.keywords ?? '')
        .split(',')
        .map((word) => word.trim())
        .filter(Boolean),
      pattern: values.pattern?.trim() || null,
      scorer: values.scorer || null,
      threshold: values.scorer && values.threshold ? Number(values.threshold) / 100 : null,
      content_types: TYPES.filter((type) => values[`on_${type}`] === 'on'),
      action: values.action ?? 'flag',
      severity: Number(values.severity ?? 2),
    });
    notify('The rule looks at what is written from now on.');
  });
  return (
    <form className="h-card form" aria-label="Add a rule" onSubmit={form.onSubmit}>
      <h2 className="card-title">Add a rule</h2>
      <Field label="Name" name="name" required error={form.fields.name} />
      <Field
        label="Words or phrases"
        name="keywords"
        hint="Apart by commas; whatever their case."
        error={form.fields.keywords}
      />
      <Field label="Or a pattern" name="pattern" hint="A regular expression." error={form.fields.pattern} />
      <div className="between">
        <label className="field">
          <span>Or what the text scorer says</span>
          <select name="scorer">
            {Object.entries(SCORERS).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <Field
          label="From which chance on, in %"
          name="threshold"
          type="number"
          min={50}
          max={100}
          step="any"
          hint="Empty: where it is right nearly always."
          error={form.fields.threshold ?? form.fields.scorer}
        />
      </div>
      <fieldset className="plain kinds-of">
        <legend>It looks at</legend>
        {TYPES.map((type) => (
          <label key={type} className="check">
            <input type="checkbox" name={`on_${type}`} defaultChecked={type !== 'user'} />
            <span>{type}</span>
          </label>
        ))}
      </fieldset>
      {form.fields.content_types ? <p className="h-field-error">{form.fields.content_types}</p> : null}
      <div className="between">
        <label className="field">
          <span>What it does</span>
          <select name="action">
            {Object.entries(ACTIONS).map(([value, label]) => (
              <option key={value} value={value}>
                {label}
              </option>
            ))}
          </select>
        </label>
        <Field label="Severity, 1 to 5" name="severity" type="number" min={1} max={5} defaultValue={2} required />
      </div>
      <FormError>{form.error}</FormError>
      <div className="form__actions">
        <button type="submit" className="h-button" disabled={form.busy}>
          Add rule
        </button>
      </div>
    </form>
  );
}
