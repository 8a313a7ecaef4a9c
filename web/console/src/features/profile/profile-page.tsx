import { Avatar, PostFeed } from '@hearth/widgets';
import { useSession } from '../auth/use-session';
import { postLink } from '../feed/post-link';

export function ProfilePage() {
  const { user } = useSession();
  if (!user) return null;
  const since = new Date(user.created_at).toLocaleDateString(undefined, { month: 'long', year: 'numeric' });
  return (
    <main className="column column--alone" id="main">
      <header className="h-card profile">
        <Avatar user={user} size="lg" />
        <div className="profile__text">
          <h1 className="page-title">{user.display_name}</h1>
          <p className="h-muted">
            @{user.username} · here since {since}
          </p>
          {user.email ? <p className="h-muted">{user.email}, seen by you only</p> : null}
        </div>
      </header>
      <h2 className="section-title">Your posts</h2>
      <PostFeed author={user.id} link={postLink} empty="You have not posted yet" />
    </main>
  );
}
