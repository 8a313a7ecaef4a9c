import { TrendingList } from '@hearth/widgets';
import { postLink } from '../feed/post-link';

export function TrendingAside() {
  return (
    <section className="h-card" aria-labelledby="trending">
      <h2 id="trending" className="card-title">
        Trending today
      </h2>
      <TrendingList link={postLink} />
    </section>
  );
}
