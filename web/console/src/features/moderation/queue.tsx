import { EmptyState, ErrorState, messageOf, Skeleton } from '@hearth/widgets';
import { useState } from 'react';
import { Choice } from '../../shared/choice';
import { ShowMore } from '../../shared/show-more';
import { QUEUE_STATES, type QueueState, useQueue } from './api';
import { ReportCard } from './report-card';

const WORDS: Record<QueueState, string> = {
  waiting: 'All that wait',
  appealed: 'Appeals',
  claimed: 'Claimed',
  resolved: 'Decided',
};

const STATES = QUEUE_STATES.map((value) => ({ value, label: WORDS[value] }));

/** Reports, the most urgent first. */
export function Queue() {
  const [state, setState] = useState<QueueState>('waiting');
  const queue = useQueue(state);
  const items = queue.data?.pages.flatMap((page) => page.results) ?? [];
  return (
    <section className="stack" aria-label="Queue">
      <Choice label="State" options={STATES} value={state} onChange={setState} />
      {queue.isPending ? <Skeleton lines={4} label="Loading the queue" /> : null}
      {queue.isError ? <ErrorState message={messageOf(queue.error)} onRetry={() => void queue.refetch()} /> : null}
      {queue.isSuccess && items.length === 0 ? <EmptyState title="Nothing here" /> : null}
      {items.map((item) => (
        <ReportCard key={item.id} item={item} />
      ))}
      <ShowMore list={queue}>More</ShowMore>
    </section>
  );
}
