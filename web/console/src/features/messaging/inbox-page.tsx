import { TimeAgo } from '@hearth/widgets';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { Choice } from '../../shared/choice';
import { useConversations } from './api';
import { ListState } from './list-state';

const STATES = [
  { value: 'open', label: 'Open' },
  { value: 'closed', label: 'Closed' },
] as const;

/** Conversations, the latest message first; those that wait for an answer are marked. */
export function InboxPage() {
  const [status, setStatus] = useState<'open' | 'closed'>('open');
  const list = useConversations(status);
  return (
    <section className="h-card" aria-label="Inbox">
      <Choice label="Conversations" options={STATES} value={status} onChange={setStatus} />
      <ListState list={list} loading="Loading conversations" empty="No conversations">
        <ul className="rows">
          {list.data?.pages
            .flatMap((page) => page.results)
            .map((one) => (
              <li key={one.id}>
                <Link to="/messaging/inbox/$id" params={{ id: one.id }} className="row">
                  <span className="row__main">
                    <strong>{one.contact.name}</strong>
                    <span>{one.subject}</span>
                  </span>
                  <span className="row__side h-muted">
                    {one.waiting ? <span className="mark">Waiting</span> : null}
                    <span>{one.channel}</span>
                    <TimeAgo at={one.last_message_at} />
                  </span>
                </Link>
              </li>
            ))}
        </ul>
      </ListState>
    </section>
  );
}
