import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Field } from '../../shared/field';
import { useForm } from '../../shared/use-form';
import { useAddContact, useContacts } from './api';
import { ContactMarks } from './contact-marks';
import { ImportContacts } from './import-contacts';
import { ListState } from './list-state';
import { tagsOf } from './tags-of';

/** Contacts: found, added, imported. */
export function ContactsPage() {
  const [q, setQ] = useState('');
  const list = useContacts(q.trim());
  return (
    <div className="stack">
      <section className="h-card" aria-label="Contacts">
        <Field
          label="Find"
          type="search"
          placeholder="The beginning of a name, phone number or address"
          value={q}
          onChange={(event) => setQ(event.target.value)}
        />
        <ListState list={list} loading="Loading contacts" empty="No contacts">
          <ul className="rows">
            {list.data?.pages
              .flatMap((page) => page.results)
              .map((one) => (
                <li key={one.id}>
                  <Link to="/messaging/contacts/$id" params={{ id: one.id }} className="row">
                    <span className="row__main">
                      <strong>{one.name}</strong>
                      <span className="h-muted">{[one.phone, one.email].filter(Boolean).join(' · ')}</span>
                    </span>
                    <span className="row__side">
                      <ContactMarks contact={one} />
                    </span>
                  </Link>
                </li>
              ))}
          </ul>
        </ListState>
      </section>
      <div className="pair">
        <AddContact />
        <ImportContacts />
      </div>
    </div>
  );
}

function AddContact() {
  const add = useAddContact();
  const form = useForm(async ({ name = '', phone = '', email = '', tags = '' }) => {
    await add.mutateAsync({ name, phone: phone || null, email: email || null, tags: tagsOf(tags) });
  });
  return (
    <form className="h-card form" aria-label="Add a contact" onSubmit={form.onSubmit}>
      <h2 className="card-title">Add a contact</h2>
      <Field label="Name" name="name" required maxLength={150} error={form.fields.name ?? form.error ?? undefined} />
      <Field label="Phone" name="phone" type="tel" error={form.fields.phone} />
      <Field label="E-mail" name="email" type="email" error={form.fields.email} />
      <Field label="Tags, apart by commas" name="tags" error={form.fields.tags} />
      <div className="form__actions">
        <button type="submit" className="h-button" disabled={form.busy}>
          Add
        </button>
      </div>
    </form>
  );
}
