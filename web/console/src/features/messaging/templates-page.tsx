import { messageOf, useHearth } from '@hearth/widgets';
import { Field } from '../../shared/field';
import { useForm } from '../../shared/use-form';
import { useSession } from '../auth/use-session';
import { useAddTemplate, useDecide, useTemplates } from './api';
import { ListState } from './list-state';

const CHANNELS = ['email', 'webhook', 'sandbox', 'sms', 'whatsapp'] as const;

/** Templates: written, submitted, approved. */
export function TemplatesPage() {
  const list = useTemplates();
  const { user } = useSession();
  const { notify } = useHearth();
  const decide = useDecide();
  const decides = user?.roles.some((role) => role === 'corporate' || role === 'admin') ?? false;
  const step = (id: string, to: 'submit' | 'approve' | 'reject') =>
    decide.mutate({ id, step: to }, { onError: (error) => notify(messageOf(error), 'error') });
  return (
    <div className="stack">
      <WriteTemplate />
      <section className="h-card" aria-labelledby="templates">
        <h2 id="templates" className="card-title">
          Templates
        </h2>
        <ListState list={list} loading="Loading templates" empty="No templates">
          <ul className="rows">
            {list.data?.pages
              .flatMap((page) => page.results)
              .map((one) => (
                <li key={one.id} className="row">
                  <span className="row__main">
                    <strong>{one.name}</strong>
                    <span className="h-muted">
                      {one.category} · {one.language} · {one.channel} · version {one.version}
                    </span>
                    <span>{one.body}</span>
                  </span>
                  <span className="row__side">
                    <span className="mark">{one.status}</span>
                    {one.status === 'draft' ? (
                      <button
                        type="button"
                        className="h-button h-button--quiet h-button--sm"
                        onClick={() => step(one.id, 'submit')}
                      >
                        Submit
                      </button>
                    ) : null}
                    {one.status === 'submitted' && decides ? (
                      <>
                        <button type="button" className="h-button h-button--sm" onClick={() => step(one.id, 'approve')}>
                          Approve
                        </button>
                        <button
                          type="button"
                          className="h-button h-button--quiet h-button--sm"
                          onClick={() => step(one.id, 'reject')}
                        >
                          Reject
                        </button>
                      </>
                    ) : null}
                  </span>
                </li>
              ))}
          </ul>
        </ListState>
      </section>
    </div>
  );
}

function WriteTemplate() {
  const add = useAddTemplate();
  const form = useForm(async ({ name = '', category = '', language = '', channel = '', body = '' }) => {
    await add.mutateAsync({ name, category, language, channel, body });
  });
  return (
    <form className="h-card form" aria-label="Write a template" onSubmit={form.onSubmit}>
      <h2 className="card-title">Write a template</h2>
      <Field label="Name" name="name" required maxLength={150} error={form.fields.name ?? form.error ?? undefined} />
      <div className="pair">
        <Field label="Category" name="category" required maxLength={50} error={form.fields.category} />
        <Field
          label="Language"
          name="language"
          required
          maxLength={10}
          defaultValue="en"
          error={form.fields.language}
        />
      </div>
      <div className="field">
        <label htmlFor="channel">Channel</label>
        <select id="channel" name="channel">
          {CHANNELS.map((one) => (
            <option key={one}>{one}</option>
          ))}
        </select>
      </div>
      <div className="field">
        <label htmlFor="text">Text</label>
        <textarea id="text" name="body" rows={4} required maxLength={10000} />
        <p className="h-muted">{'{{name}}, {{first_name}}, {{phone}} and {{email}} stand for the contact’s.'}</p>
        {form.fields.body ? <p className="h-field-error">{form.fields.body}</p> : null}
      </div>
      <div className="form__actions">
        <button type="submit" className="h-button" disabled={form.busy}>
          Save as draft
        </button>
      </div>
    </form>
  );
}
