import { Composer, PostFeed } from '@hearth/widgets';
import { Link } from '@tanstack/react-router';
import { TrendingAside } from '../trending/trending-aside';
import { FeedTabs } from './feed-tabs';
import { postLink } from './post-link';
import { SearchBox } from './search-box';

export function FeedPage({ q }: { q?: string }) {
  return (
    <div className="columns">
      <main className="column" id="main">
        <h1 className="h-visually-hidden">{q ? `Posts with “${q}”` : 'Feed'}</h1>
        <FeedTabs />
        {q ? (
          <p className="found">
            Posts with “{q}” · <Link to="/">show all</Link>
          </p>
        ) : (
          <Composer />
        )}
        <PostFeed link={postLink} q={q} empty={q ? 'Nothing found' : 'The fire is lit, and nobody has spoken yet'} />
      </main>
      <aside className="aside aside--feed" aria-label="Around the community">
        <SearchBox key={q} q={q} />
        <TrendingAside />
      </aside>
    </div>
  );
}
