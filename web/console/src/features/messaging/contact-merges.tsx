import { messageOf, TimeAgo, useHearth } from '@hearth/widgets';
import { useState } from 'react';
import { Field } from '../../shared/field';
import { useContacts, useMerge, useMerges, useUndoMerge } from './api';

const SHOWN = 5;

/** Duplicates of a contact: found and merged into it, and each merge undone. */
export function ContactMerges({ contact }: { contact: { id: string; name: string } }) {
  const [q, setQ] = useState('');
  return (
    <section className="h-card form" aria-labelledby="merges">
      <h2 id="merges" className="card-title">
        Duplicates
      </h2>
      <p className="h-muted">
        A duplicate counts as {contact.name} from then on, in conversations, campaigns and the timeline. That can be
        undone.
      </p>
      <Field
        label="Find a duplicate"
        type="search"
        placeholder="The beginning of a name, phone number or address"
        value={q}
        onChange={(event) => setQ(event.target.value)}
      />
      {q.trim() === '' ? null : <Found contact={contact} q={q.trim()} onMerged={() => setQ('')} />}
      <Merged id={contact.id} />
    </section>
  );
}

function Found({ contact, q, onMerged }: { contact: { id: string }; q: string; onMerged: () => void }) {
  const list = useContacts(q);
  const merge = useMerge(contact.id);
  const { notify } = useHearth();
  const others = (list.data?.pages[0]?.results ?? []).filter((one) => one.id !== contact.id).slice(0, SHOWN);
  if (list.isSuccess && others.length === 0) return <p className="h-muted">No other contact begins like that.</p>;
  return (
    <ul className="rows" aria-label="Contacts found">
      {others.map((one) => (
        <li key={one.id} className="row">
          <span className="row__main">
            <strong>{one.name}</strong>
            <span className="h-muted">{[one.phone, one.email].filter(Boolean).join(' · ')}</span>
          </span>
          <span className="row__side">
            <button
              type="button"
              className="h-button h-button--quiet h-button--sm"
              aria-label={`Merge ${one.name}`}
              disabled={merge.isPending}
              onClick={() =>
                merge.mutate(one.id, { onSuccess: onMerged, onError: (error) => notify(messageOf(error), 'error') })
              }
            >
              Merge
            </button>
          </span>
        </li>
      ))}
    </ul>
  );
}

function Merged({ id }: { id: string }) {
  const merges = useMerges(id);
  const undo = useUndoMerge();
  const { notify } = useHearth();
  const standing = merges.data?.results.filter((one) => one.undone_at === null) ?? [];
  if (standing.length === 0) return null;
  return (
    <ul className="rows" aria-label="Merged into it">
      {standing.map((one) => (
        <li key={one.id} className="row">
          <span className="row__main">
            <strong>{one.merged_name}</strong>
            <span className="h-muted">
              Merged <TimeAgo at={one.merged_at} />
            </span>
          </span>
          <span className="row__side">
            <button
              type="button"
              className="h-button h-button--quiet h-button--sm"
              aria-label={`Undo the merge of ${one.merged_name}`}
              disabled={undo.isPending}
              onClick={() => undo.mutate(one.id, { onError: (error) => notify(messageOf(error), 'error') })}
            >
              Undo
            </button>
          </span>
        </li>
      ))}
    </ul>
  );
}
