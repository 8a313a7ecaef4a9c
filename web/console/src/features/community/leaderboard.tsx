import { Avatar, ErrorState, levelWords, messageOf, PersonName, Skeleton, shortNumber } from '@hearth/widgets';
import { useState } from 'react';
import { Choice } from '../../shared/choice';
import { type Board, useLeaderboard } from './api';

const BOARDS = [
  { value: 'engagements', label: 'Active' },
  { value: 'reputation', label: 'Reputation' },
  { value: 'helpful', label: 'Helpful' },
] as const;

/** What is counted: one of it, several. */
const UNITS: Record<Board, readonly [string, string]> = {
  engagements: ['engagement', 'engagements'],
  reputation: ['point', 'points'],
  helpful: ['helpful', 'helpful'],
};

export function Leaderboard({ days }: { days: number }) {
  const [by, setBy] = useState<Board>('engagements');
  const board = useLeaderboard(by, days);
  return (
    <section className="h-card" aria-labelledby="leaders">
      <h2 id="leaders" className="card-title">
        Leaders
      </h2>
      <Choice label="Ranked by" options={BOARDS} value={by} onChange={setBy} />
      {board.isPending ? <Skeleton lines={5} label="Loading people" /> : null}
      {board.isError ? <ErrorState message={messageOf(board.error)} onRetry={() => void board.refetch()} /> : null}
      {board.data?.results.length === 0 ? <p className="h-muted">Nobody yet in this time.</p> : null}
      <ol className="ranks">
        {board.data?.results.map((place) => {
          const level = levelWords(place.activity_level);
          return (
            <li key={place.user_id}>
              <Avatar
                user={{ id: String(place.user_id), display_name: place.username, profile_photo: place.avatar_url }}
                size="sm"
              />
              <span className="ranks__who">
                <PersonName user={{ id: String(place.user_id), display_name: place.username }} />
                <span className="h-muted">
                  <span title={level.name} aria-hidden="true">
                    {level.face}
                  </span>
                  <span className="h-visually-hidden">{level.name},</span> reputation{' '}
                  {shortNumber(place.reputation_score)}
                </span>
              </span>
              <span className="ranks__number">
                {shortNumber(place.value)}
                <span className="h-muted">{UNITS[by][place.value === 1 ? 0 : 1]}</span>
              </span>
            </li>
          );
        })}
      </ol>
    </section>
  );
}
