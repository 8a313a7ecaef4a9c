import { TrendingPosts as Posts } from '@hearth/widgets';
import { postLink } from '../feed/post-link';

export function TrendingPosts({ days }: { days: number }) {
  return (
    <section className="h-card" aria-labelledby="most-talked">
      <h2 id="most-talked" className="card-title">
        Most talked about
      </h2>
      <Posts days={days} link={postLink} />
    </section>
  );
}
