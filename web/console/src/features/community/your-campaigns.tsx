import { Composer, useHearth } from '@hearth/widgets';
import { useState } from 'react';
import { Field } from '../../shared/field';
import { FormError } from '../../shared/form-error';
import { useForm } from '../../shared/use-form';
import { useAddCampaign, useCampaignLinks } from './api';

/** For corporate users: the campaigns with their links, posts for them, and another one. */
export function YourCampaigns() {
  const { notify } = useHearth();
  const [adding, setAdding] = useState(false);
  const campaigns = useCampaignLinks();
  return (
    <>
      {(campaigns.data?.results ?? []).map((one) => (
        <details key={one.id} className="campaign">
          <summary>{one.name}: link and posts</summary>
          {one.tracked_link ? (
            <p>
              Clicks are counted on <a href={one.tracked_link}>{one.tracked_link}</a>: {one.clicks} so far.
            </p>
          ) : (
            <p className="h-muted">It has no link.</p>
          )}
          <Composer
            campaign={one.id}
            placeholder={`A post of “${one.name}”`}
            onPosted={() => notify('Your post is there, and counts for the campaign.')}
          />
        </details>
      ))}
      {adding ? (
        <NewCampaign onDone={() => setAdding(false)} />
      ) : (
        <button type="button" className="h-button h-button--quiet h-button--sm" onClick={() => setAdding(true)}>
          New campaign
        </button>
      )}
    </>
  );
}

function NewCampaign({ onDone }: { onDone: () => void }) {
  const add = useAddCampaign();
  const form = useForm(async ({ name = '', link = '' }) => {
    await add.mutateAsync({ name: name.trim(), link: link.trim() || null });
    onDone();
  });
  return (
    <form className="form" aria-label="New campaign" onSubmit={form.onSubmit}>
      <Field label="Name" name="name" required maxLength={150} error={form.fields.name} />
      <Field
        label="Link"
        name="link"
        type="url"
        placeholder="https://"
        hint="Where its link leads. You get one that counts clicks."
        error={form.fields.link}
      />
      <FormError>{form.error}</FormError>
      <div className="form__actions">
        <button type="button" className="h-button h-button--quiet" onClick={onDone}>
          Cancel
        </button>
        <button type="submit" className="h-button" disabled={form.busy}>
          Add
        </button>
      </div>
    </form>
  );
}
