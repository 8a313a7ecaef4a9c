import { Bar, TimeAgo } from '@hearth/widgets';
import { Link, useNavigate } from '@tanstack/react-router';
import { Field } from '../../shared/field';
import { useForm } from '../../shared/use-form';
import { useAddCampaign, useCampaigns, useTemplates } from './api';
import { ListState } from './list-state';
import { tagsOf } from './tags-of';

/** Campaigns, with how far each is. */
export function CampaignsPage() {
  const list = useCampaigns();
  return (
    <div className="stack">
      <PrepareCampaign />
      <section className="h-card" aria-labelledby="campaigns">
        <h2 id="campaigns" className="card-title">
          Campaigns
        </h2>
        <ListState list={list} loading="Loading campaigns" empty="No campaigns">
          <ul className="rows">
            {list.data?.pages
              .flatMap((page) => page.results)
              .map((one) => (
                <li key={one.id}>
                  <Link to="/messaging/campaigns/$id" params={{ id: one.id }} className="row">
                    <span className="row__main">
                      <strong>{one.name}</strong>
                      <Bar share={one.recipient_count === 0 ? 0 : 1 - one.pending / one.recipient_count} />
                      <span className="h-muted">
                        {one.sent} sent of {one.recipient_count}, {one.delivery_rate}% delivered
                      </span>
                    </span>
                    <span className="row__side h-muted">
                      <span className="mark">{one.status}</span>
                      <TimeAgo at={one.started_at ?? one.created_at} />
                    </span>
                  </Link>
                </li>
              ))}
          </ul>
        </ListState>
      </section>
    </div>
  );
}

function PrepareCampaign() {
  const templates = useTemplates('approved');
  const add = useAddCampaign();
  const navigate = useNavigate();
  const form = useForm(async ({ name = '', template = '', channel = '', tags = '' }) => {
    const made = await add.mutateAsync({ name, template, channel, tags: tagsOf(tags) });
    await navigate({ to: '/messaging/campaigns/$id', params: { id: made.id } });
  });
  const approved = templates.data?.pages.flatMap((page) => page.results) ?? [];
  return (
    <form className="h-card form" aria-label="Prepare a campaign" onSubmit={form.onSubmit}>
      <h2 className="card-title">Prepare a campaign</h2>
      <Field label="Name" name="name" required maxLength={150} error={form.fields.name ?? form.error ?? undefined} />
      <div className="pair">
        <div className="field">
          <label htmlFor="template">Template</label>
          <select id="template" name="template" required>
            {approved.map((one) => (
              <option key={one.id} value={one.id}>
                {one.name}
              </option>
            ))}
          </select>
          {form.fields.template ? <p className="h-field-error">{form.fields.template}</p> : null}
        </div>
        <div className="field">
          <label htmlFor="by">By</label>
          <select id="by" name="channel">
            <option value="email">E-mail</option>
            <option value="webhook">The bridge (SMS, WhatsApp)</option>
            <option value="sandbox">Sandbox</option>
          </select>
        </div>
      </div>
      <Field label="To contacts with any of these tags" name="tags" required error={form.fields.audience} />
      <div className="form__actions">
        <button type="submit" className="h-button" disabled={form.busy || approved.length === 0}>
          Prepare
        </button>
      </div>
      {approved.length === 0 && !templates.isPending ? (
        <p className="h-muted">A campaign needs an approved template.</p>
      ) : null}
    </form>
  );
}
