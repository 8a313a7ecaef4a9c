import { Link } from '@tanstack/react-router';

/** The two ways to see what goes on: what people write, and what they do. */
export function FeedTabs() {
  return (
    <nav className="tabs feed-tabs" aria-label="Feeds">
      <Link to="/" activeProps={{ 'aria-current': 'page' }} activeOptions={{ exact: true, includeSearch: false }}>
        Posts
      </Link>
      <Link to="/activity" activeProps={{ 'aria-current': 'page' }} activeOptions={{ includeSearch: false }}>
        Activity
      </Link>
    </nav>
  );
}
