import { PostView } from '@hearth/widgets';
import { useNavigate } from '@tanstack/react-router';
import { BackLink } from '../../shared/back-link';
import { TrendingAside } from '../trending/trending-aside';

export function PostPage({ id }: { id: number }) {
  const navigate = useNavigate();
  return (
    <div className="columns">
      <main className="column" id="main">
        <h1 className="h-visually-hidden">Post</h1>
        <BackLink to="/">Feed</BackLink>
        <PostView postId={id} onDeleted={() => void navigate({ to: '/' })} />
      </main>
      <aside className="aside" aria-label="Around the community">
        <TrendingAside />
      </aside>
    </div>
  );
}
