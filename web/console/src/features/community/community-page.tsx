import { useState } from 'react';
import { Choice } from '../../shared/choice';
import { useSession } from '../auth/use-session';
import { CommunityDays } from './community-days';
import { Leaderboard } from './leaderboard';
import { RoleFigures } from './role-figures';
import { StatTiles } from './stat-tiles';
import { TrendingPosts } from './trending-posts';
import { YourFigures } from './your-figures';

const PERIODS = [
  { value: 7, label: '7 days' },
  { value: 30, label: '30 days' },
  { value: 90, label: '90 days' },
] as const;

/** How the community is doing, who is most active in it, and what it talks about. */
export function CommunityPage() {
  const [days, setDays] = useState<number>(7);
  const { user } = useSession();
  return (
    <main className="column column--wide" id="main">
      <h1 className="page-title">Community</h1>
      <StatTiles />
      <RoleFigures />
      <Choice label="Period" options={PERIODS} value={days} onChange={setDays} />
      <YourFigures days={days} />
      {user?.roles.includes('admin') ? <CommunityDays days={days} /> : null}
      <div className="pair">
        <Leaderboard days={days} />
        <TrendingPosts days={days} />
      </div>
    </main>
  );
}
