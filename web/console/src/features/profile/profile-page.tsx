import { Avatar, EngagementMetrics, PostFeed, ReputationBadge } from '@hearth/widgets';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useSession } from '../auth/use-session';
import { postLink } from '../feed/post-link';
import { EditProfile } from './edit-profile';
import { Outlook } from './outlook';
import { PhotoButton } from './photo-button';

export function ProfilePage() {
  const { user } = useSession();
  const [editing, setEditing] = useState(false);
  if (!user) return null;
  const since = new Date(user.created_at).toLocaleDateString(undefined, { month: 'long', year: 'numeric' });
  return (
    <main className="profile-page" id="main">
      <div className="column profile-page__head">
        <header className="h-card profile">
          <Avatar user={user} size="lg" />
          <div className="profile__text">
            <h1 className="page-title">{user.display_name}</h1>
            <p className="h-muted">
              @{user.username} · here since {since}
            </p>
            {user.bio ? <p>{user.bio}</p> : null}
          </div>
          <div className="ties">
            <PhotoButton hasPhoto={user.profile_photo !== null} />
            <button
              type="button"
              className="h-button h-button--quiet h-button--sm"
              aria-expanded={editing}
              onClick={() => setEditing(!editing)}
            >
              {editing ? 'Close' : 'Edit profile'}
            </button>
          </div>
        </header>
        {editing ? <EditProfile onDone={() => setEditing(false)} /> : null}
      </div>
      <aside className="aside" aria-label="How you are doing">
        <section className="h-card">
          <h2 className="card-title">Reputation</h2>
          <ReputationBadge userId={user.user_id} />
        </section>
        <section className="h-card">
          <h2 className="card-title">Last 30 days</h2>
          <EngagementMetrics userId={user.user_id} />
        </section>
        <Outlook />
        <nav className="h-card more" aria-label="More of yours">
          <Link to="/profile/history">Where your points come from</Link>
          <Link to="/profile/interactions">Your interactions with content</Link>
          <Link to="/bookmarks">Your bookmarks</Link>
          <Link to="/profile/privacy">Privacy and your data</Link>
        </nav>
        <p className="h-muted">
          These parts fit on your own site, too: <Link to="/widgets">see the widgets</Link>.
        </p>
      </aside>
      <div className="column profile-page__posts">
        <h2 className="section-title">Your posts</h2>
        <PostFeed author={user.id} link={postLink} empty="You have not posted yet" />
      </div>
    </main>
  );
}
