import { ErrorState, messageOf, Skeleton, TimeAgo, useHearth } from '@hearth/widgets';
import { Link } from '@tanstack/react-router';
import { BackLink } from '../../shared/back-link';
import { Field } from '../../shared/field';
import { useForm } from '../../shared/use-form';
import { useContact, useEditContact, useTimeline } from './api';
import { ContactMarks } from './contact-marks';
import { ContactMerges } from './contact-merges';
import { ListState } from './list-state';
import { tagsOf } from './tags-of';

/** One contact: its values to change, its duplicates, and everything between it and the organisation. */
export function ContactPage({ id }: { id: string }) {
  const contact = useContact(id);
  if (contact.isPending) return <Skeleton label="Loading the contact" />;
  if (contact.isError) return <ErrorState message={messageOf(contact.error)} onRetry={() => void contact.refetch()} />;
  const one = contact.data;
  return (
    <div className="stack">
      <BackLink to="/messaging/contacts">Contacts</BackLink>
      <section className="h-card stack" aria-labelledby="contact">
        <h2 id="contact" className="card-title">
          {one.name}
        </h2>
        <p className="row__side">
          <ContactMarks contact={one} />
        </p>
        {one.merged_into ? (
          <p>
            It counts as{' '}
            <Link to="/messaging/contacts/$id" params={{ id: one.merged_into }}>
              another contact
            </Link>
            .
          </p>
        ) : null}
      </section>
      <div className="pair">
        {/* Values that came in from elsewhere are shown in a form of their own. */}
        <EditContact key={JSON.stringify(one)} contact={one} />
        {one.merged_into ? null : <ContactMerges contact={one} />}
      </div>
      <Timeline id={id} />
    </div>
  );
}

type Contact = NonNullable<ReturnType<typeof useContact>['data']>;

function EditContact({ contact }: { contact: Contact }) {
  const edit = useEditContact(contact.id);
  const { notify } = useHearth();
  const form = useForm(async ({ name = '', phone = '', email = '', tags = '', campaigns }) => {
    await edit.mutateAsync({
      name,
      phone: phone || null,
      email: email || null,
      tags: tagsOf(tags),
      opted_out: campaigns === undefined,
    });
    notify('Saved');
  });
  return (
    <form className="h-card form" aria-label="Change the contact" onSubmit={form.onSubmit}>
      <h2 className="card-title">Change the contact</h2>
      <Field
        label="Name"
        name="name"
        required
        maxLength={150}
        defaultValue={contact.name}
        error={form.fields.name ?? form.error ?? undefined}
      />
      <Field label="Phone" name="phone" type="tel" defaultValue={contact.phone ?? ''} error={form.fields.phone} />
      <Field label="E-mail" name="email" type="email" defaultValue={contact.email ?? ''} error={form.fields.email} />
      <Field
        label="Tags, apart by commas"
        name="tags"
        defaultValue={contact.tags.join(', ')}
        error={form.fields.tags}
      />
      <label className="check">
        <input type="checkbox" name="campaigns" defaultChecked={!contact.opted_out} />
        <span>Gets campaigns</span>
      </label>
      <div className="form__actions">
        <button type="submit" className="h-button" disabled={form.busy}>
          Save
        </button>
      </div>
    </form>
  );
}

const KINDS: Record<string, string> = {
  message_in: 'Wrote',
  message_out: 'Was written to',
  campaign: 'Campaign',
  community: 'In the community',
};

function Timeline({ id }: { id: string }) {
  const list = useTimeline(id);
  return (
    <section className="h-card" aria-labelledby="timeline">
      <h2 id="timeline" className="card-title">
        Timeline
      </h2>
      <ListState list={list} loading="Loading the timeline" empty="Nothing yet">
        <ol className="rows">
          {list.data?.pages
            .flatMap((page) => page.results)
            .map((one) => (
              <li key={`${one.at} ${one.type} ${one.text}`} className="row">
                <span className="row__main">
                  <span className="h-muted">{KINDS[one.type] ?? one.type}</span>
                  <Event event={one} />
                </span>
                <span className="row__side h-muted">
                  {one.status ? <span className="mark">{one.status}</span> : null}
                  <TimeAgo at={one.at} />
                </span>
              </li>
            ))}
        </ol>
      </ListState>
    </section>
  );
}

function Event({ event }: { event: { text: string; conversation: string | null; campaign: string | null } }) {
  if (event.conversation)
    return (
      <Link to="/messaging/inbox/$id" params={{ id: event.conversation }}>
        {event.text}
      </Link>
    );
  if (event.campaign)
    return (
      <Link to="/messaging/campaigns/$id" params={{ id: event.campaign }}>
        {event.text}
      </Link>
    );
  return <span>{event.text.replaceAll('_', ' ')}</span>;
}
