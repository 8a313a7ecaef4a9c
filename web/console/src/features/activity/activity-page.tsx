import { CommunityActivity, type FeedName } from '@hearth/widgets';
import { useNavigate } from '@tanstack/react-router';
import { Choice } from '../../shared/choice';
import { FeedTabs } from '../feed/feed-tabs';
import { TrendingAside } from '../trending/trending-aside';
import { objectLink } from './object-link';
import { Suggestions } from './suggestions';

const FEEDS: readonly { value: FeedName; label: string }[] = [
  { value: 'mine', label: 'Whom I follow' },
  { value: 'global', label: 'Everybody' },
  { value: 'discovery', label: 'New to me' },
  { value: 'trending', label: 'Trending' },
];

/** The name of a feed in an address; one's own where it names none. */
export function feedOf(name: unknown): FeedName {
  return FEEDS.find((one) => one.value === name)?.value ?? 'mine';
}

/** What people do, as far as one may see it. */
export function ActivityPage({ feed }: { feed: FeedName }) {
  const navigate = useNavigate();
  return (
    <div className="columns">
      <main className="column" id="main">
        <h1 className="h-visually-hidden">Activity</h1>
        <FeedTabs />
        <Choice
          label="Whose"
          options={FEEDS}
          value={feed}
          onChange={(next) => void navigate({ to: '/activity', search: next === 'mine' ? {} : { feed: next } })}
        />
        <section className="h-card" aria-label="What people do">
          <CommunityActivity key={feed} feed={feed} link={objectLink} />
        </section>
      </main>
      <aside className="aside" aria-label="Around the community">
        <Suggestions />
        <TrendingAside />
      </aside>
    </div>
  );
}
