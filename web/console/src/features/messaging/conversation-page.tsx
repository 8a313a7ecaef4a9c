import { ErrorState, messageOf, Skeleton, TimeAgo, useHearth } from '@hearth/widgets';
import { type FormEvent, useState } from 'react';
import { BackLink } from '../../shared/back-link';
import { useSession } from '../auth/use-session';
import { useConversation, useEditConversation, useMessages, useSend } from './api';
import { ListState } from './list-state';

/** One conversation: its messages, the answer, and who sees to it. */
export function ConversationPage({ id }: { id: string }) {
  const conversation = useConversation(id);
  const { notify } = useHearth();
  const { user } = useSession();
  const edit = useEditConversation(id);
  if (conversation.isPending) return <Skeleton label="Loading the conversation" />;
  if (conversation.isError)
    return <ErrorState message={messageOf(conversation.error)} onRetry={() => void conversation.refetch()} />;
  const { contact, subject, status, assignee, channel } = conversation.data;
  const change = (body: Parameters<typeof edit.mutate>[0]) =>
    edit.mutate(body, { onError: (error) => notify(messageOf(error), 'error') });
  return (
    <div className="stack">
      <BackLink to="/messaging/inbox">Inbox</BackLink>
      <section className="h-card stack" aria-labelledby="subject">
        <div className="row row--first">
          <div className="row__main">
            <h2 id="subject" className="card-title">
              {subject}
            </h2>
            <span className="h-muted">
              With {contact.name} by {channel}.{' '}
              {assignee ? `${assignee.display_name} sees to it.` : 'Nobody sees to it yet.'}
            </span>
          </div>
          <div className="row__side">
            {user && assignee?.id !== user.id ? (
              <button type="button" className="h-button h-button--quiet" onClick={() => change({ assignee: user.id })}>
                I see to it
              </button>
            ) : null}
            <button
              type="button"
              className="h-button h-button--quiet"
              onClick={() => change({ status: status === 'open' ? 'closed' : 'open' })}
            >
              {status === 'open' ? 'Close' : 'Open again'}
            </button>
          </div>
        </div>
        {status === 'open' ? <Answer id={id} /> : null}
        <Messages id={id} />
      </section>
    </div>
  );
}

function Answer({ id }: { id: string }) {
  const { notify } = useHearth();
  const send = useSend(id);
  const [body, setBody] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (body.trim() === '' || send.isPending) return;
    send.mutate(body.trim(), {
      onSuccess: () => setBody(''),
      onError: (error) => notify(messageOf(error), 'error'),
    });
  };
  return (
    <form className="form" onSubmit={submit}>
      <div className="field">
        <label htmlFor="answer">Answer</label>
        <textarea
          id="answer"
          rows={3}
          maxLength={10000}
          value={body}
          onChange={(event) => setBody(event.target.value)}
        />
      </div>
      <div className="form__actions">
        <button type="submit" className="h-button" disabled={send.isPending || body.trim() === ''}>
          Send
        </button>
      </div>
    </form>
  );
}

function Messages({ id }: { id: string }) {
  const list = useMessages(id);
  return (
    <ListState list={list} loading="Loading messages" empty="No messages yet">
      <ol className="talk" aria-label="Messages, the latest first">
        {list.data?.pages
          .flatMap((page) => page.results)
          .map((one) => (
            <li key={one.id} className={`talk__one talk__one--${one.direction}`}>
              <p>{one.body}</p>
              <p className="h-muted">
                {one.author ?? (one.direction === 'in' ? 'Contact' : '')} · {one.status} ·{' '}
                <TimeAgo at={one.created_at} />
                {one.reason ? ` · ${one.reason}` : ''}
              </p>
            </li>
          ))}
      </ol>
    </ListState>
  );
}
