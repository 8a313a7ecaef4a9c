import { PostFeed } from '@hearth/widgets';
import { BackLink } from '../../shared/back-link';
import { postLink } from './post-link';

export function BookmarksPage() {
  return (
    <main className="column column--alone" id="main">
      <BackLink to="/profile">Profile</BackLink>
      <h1 className="page-title">Your bookmarks</h1>
      <PostFeed bookmarked link={postLink} empty="You have bookmarked nothing yet" />
    </main>
  );
}
