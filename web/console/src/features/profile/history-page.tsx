import { ErrorState, messageOf, Skeleton, TimeAgo } from '@hearth/widgets';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { BackLink } from '../../shared/back-link';
import { Exports } from '../../shared/exports';
import { ShowMore } from '../../shared/show-more';
import { actionWords } from './action-words';
import { type ExportFormat, useExport, useStatement, useTimeline } from './history-api';

const FORMATS: readonly { format: ExportFormat; label: string }[] = [
  { format: 'pdf', label: 'Report (PDF)' },
  { format: 'csv', label: 'Table (CSV)' },
  { format: 'json', label: 'Data (JSON)' },
];

/** Where one's points come from, what one did, and both to take along. */
export function HistoryPage() {
  const take = useExport();
  return (
    <main className="column column--wide" id="main">
      <BackLink to="/profile">Profile</BackLink>
      <div className="title-row">
        <h1 className="page-title">Your engagement</h1>
        <Exports formats={FORMATS} take={take} />
      </div>
      <div className="pair">
        <Statement />
        <Timeline />
      </div>
    </main>
  );
}

function Statement() {
  const statement = useStatement();
  const score = statement.data?.pages[0]?.score;
  const points = statement.data?.pages.flatMap((page) => page.results) ?? [];
  return (
    <Entries
      title={score === undefined ? 'Your points' : `Your ${score.toLocaleString()} ${score === 1 ? 'point' : 'points'}`}
      list={statement}
      empty="No points yet."
    >
      {points.map((point) => (
        <li key={`${point.ledger_id} ${point.counterpart?.id ?? ''}`}>
          <span className="entries__what">
            <span>{actionWords(point.action, point.counterpart?.username)}</span>
            <span className="h-muted">
              <TimeAgo at={point.at} /> · row {point.ledger_id} · rules {point.rule_version}
              {point.capped ? ' · the daily limit kept some back' : ''}
            </span>
          </span>
          <strong className="entries__number">+{point.points}</strong>
        </li>
      ))}
    </Entries>
  );
}

function Timeline() {
  const timeline = useTimeline();
  const items = timeline.data?.pages.flatMap((page) => page.results) ?? [];
  return (
    <Entries title="What you did" list={timeline} empty="Nothing yet.">
      {items.map((item) => (
        <li key={item.id} className={item.counts ? undefined : 'entries__void'}>
          <span className="entries__what">
            <span>{actionWords(item.action_type)}</span>
            <span className="h-muted">
              <TimeAgo at={item.created_at} />
              {item.counts ? '' : ' · does not count'}
              <About post={item.post} group={item.group} person={item.mentioned_user} />
            </span>
          </span>
        </li>
      ))}
    </Entries>
  );
}

interface AboutProps {
  post: { id: number; title: string | null } | null;
  group: { id: number; title: string | null } | null;
  person: { id: number; username: string } | null;
}

function About({ post, group, person }: AboutProps) {
  if (person) {
    return (
      <>
        {' · '}
        <Link to="/people/$id" params={{ id: String(person.id) }}>
          {person.username}
        </Link>
      </>
    );
  }
  if (post?.title) {
    return (
      <>
        {' · '}
        <Link to="/posts/$id" params={{ id: String(post.id) }}>
          {post.title}
        </Link>
      </>
    );
  }
  if (!group?.title) return null;
  return (
    <>
      {' · '}
      <Link to="/groups/$id" params={{ id: String(group.id) }}>
        {group.title}
      </Link>
    </>
  );
}

interface EntriesProps {
  title: string;
  list: {
    isPending: boolean;
    isError: boolean;
    error: unknown;
    hasNextPage: boolean;
    isFetchingNextPage: boolean;
    data?: { pages: readonly { results: readonly unknown[] }[] };
    refetch: () => unknown;
    fetchNextPage: () => unknown;
  };
  empty: string;
  children: ReactNode;
}

/** A list that grows page by page. */
function Entries({ title, list, empty, children }: EntriesProps) {
  return (
    <section className="h-card">
      <h2 className="card-title">{title}</h2>
      {list.isPending ? <Skeleton lines={6} label="Loading" /> : null}
      {list.isError ? <ErrorState message={messageOf(list.error)} onRetry={() => void list.refetch()} /> : null}
      {list.data?.pages[0]?.results.length === 0 ? <p className="h-muted">{empty}</p> : null}
      <ul className="entries">{children}</ul>
      <ShowMore list={list} />
    </section>
  );
}
