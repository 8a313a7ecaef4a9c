import { plural } from '@hearth/widgets';
import { useState } from 'react';
import { Choice } from '../../shared/choice';
import { useStats } from './api';
import { Queue } from './queue';
import { Rules } from './rules';
import { VoidForm } from './voids';

const PARTS = [
  { value: 'queue', label: 'Queue' },
  { value: 'rules', label: 'Rules' },
  { value: 'voids', label: 'Voids' },
] as const;

/** For moderators: what waits for a decision, the rules that look at texts, and what shall not count. */
export function ModerationPage() {
  const [part, setPart] = useState<(typeof PARTS)[number]['value']>('queue');
  return (
    <main className="column column--wide" id="main">
      <h1 className="page-title">Moderation</h1>
      <Summary />
      <Choice label="Part" options={PARTS} value={part} onChange={setPart} />
      {part === 'queue' ? <Queue /> : null}
      {part === 'rules' ? <Rules /> : null}
      {part === 'voids' ? <VoidForm /> : null}
    </main>
  );
}

function Summary() {
  const { data } = useStats();
  if (!data) return null;
  const waiting = data.open + data.claimed;
  return (
    <p className="h-muted">
      {waiting === 0 ? 'Nothing waits' : `${plural(waiting, 'thing')} to decide`}, {plural(data.appealed, 'appeal')},{' '}
      {plural(data.rules, 'active rule')}
      {data.median_hours === null ? '' : `; decided within ${data.median_hours} hours, mostly`}.
    </p>
  );
}
