import { type ReactNode, useRef, useState } from 'react';
import { messageOf } from '../api/api-error';
import type { Post } from '../api/wire';
import { useHearth } from '../provider/context';
import { Avatar } from '../shared/avatar';
import { Icon } from '../shared/icon';
import { PersonName } from '../shared/person-name';
import { RichText } from '../shared/rich-text';
import { plural } from '../shared/short-number';
import { TimeAgo } from '../shared/time-ago';
import { useGroup } from '../shared/use-group';
import { useVisible } from '../shared/use-visible';
import { CommentThread } from './comment-thread';
import { EditForm } from './edit-form';
import { mayChange } from './may-change';
import { MediaView } from './media-view';
import { OwnerActions } from './owner-actions';
import { PostMarks } from './post-marks';
import { ReactionBar } from './reaction-bar';
import { ViewCount } from './view-count';
import { ViewStatistics } from './view-statistics';

export interface PostCardProps {
  post: Post;
  /** Shows the comments from the start; whoever shows the card has asked for them. */
  open?: boolean;
  /** The post is one saved on this device. */
  saved?: boolean;
  /** Makes the title a link; the page decides where to. */
  link?: (post: Post, children: ReactNode) => ReactNode;
  onDeleted?: () => void;
}

const FOLD_ABOVE = 700;

export function PostCard({ post, open = false, saved = false, link, onDeleted }: PostCardProps) {
  const { hearth, me, notify } = useHearth();
  const [threadOpen, setThreadOpen] = useState(open);
  const [statisticsOpen, setStatisticsOpen] = useState(false);
  const [editing, setEditing] = useState(false);
  const card = useRef<HTMLElement>(null);
  const live = useGroup(post.id);
  useVisible(card, () => hearth.community.markViewed(post.id), !post.has_viewed);

  const complain = (error: unknown) => notify(messageOf(error), 'error');
  const save = ({ title, text }: { title: string; text: string }) => {
    setEditing(false);
    hearth.community.editPost(post.id, { title, content: text }).catch(complain);
  };
  const remove = () => {
    hearth.community.deletePost(post.id).then(onDeleted, complain);
  };
  return (
    <article
      ref={card}
      className="h-card h-post"
      aria-label={`Post by ${post.user.display_name}`}
      data-post={post.id}
      data-live={live}
    >
      <header className="h-post__head">
        <Avatar user={post.user} />
        <div className="h-post__who">
          <PersonName user={post.user} />
          <span className="h-post__when">
            <TimeAgo at={post.created_at} />
            {post.updated_at > post.created_at ? <span className="h-time">edited</span> : null}
          </span>
        </div>
        {mayChange(me, post.user) ? (
          <OwnerActions what="post" onEdit={() => setEditing(true)} onDelete={remove} />
        ) : null}
      </header>
      {editing ? (
        <EditForm title={post.title ?? ''} text={post.content} onSave={save} onCancel={() => setEditing(false)} />
      ) : (
        <PostText post={post} whole={open} link={link} />
      )}
      <MediaView src={post.media} type={post.media_type} alt={post.title || `From ${post.user.display_name}'s post`} />
      <footer className="h-post__foot">
        <ReactionBar kind="ventpost" id={post.id} summary={post.reaction_summary} mine={post.user_reaction} />
        <span className="h-post__numbers">
          <button
            type="button"
            className="h-comments-button"
            aria-expanded={threadOpen}
            onClick={() => setThreadOpen(!threadOpen)}
          >
            <Icon name="comment" />
            {plural(post.comment_count, 'comment')}
          </button>
          <button
            type="button"
            className="h-comments-button"
            aria-expanded={statisticsOpen}
            onClick={() => setStatisticsOpen(!statisticsOpen)}
          >
            <ViewCount views={post.views} hasViewed={post.has_viewed} saved={saved} />
          </button>
          <PostMarks post={post} />
        </span>
      </footer>
      {statisticsOpen ? <ViewStatistics postId={post.id} /> : null}
      {threadOpen ? <CommentThread postId={post.id} load={!open} /> : null}
    </article>
  );
}

function PostText({ post, whole, link }: { post: Post; whole: boolean; link?: PostCardProps['link'] }) {
  const [unfolded, setUnfolded] = useState(whole);
  const long = !unfolded && post.content.length > FOLD_ABOVE;
  const text = long ? `${post.content.slice(0, FOLD_ABOVE).trimEnd()}…` : post.content;
  return (
    <div className="h-post__text">
      {post.title ? <h3 className="h-post__title">{link ? link(post, post.title) : post.title}</h3> : null}
      <p className="h-post__content">
        <RichText text={text} />
      </p>
      {long ? (
        <button type="button" className="h-link" onClick={() => setUnfolded(true)}>
          Read on
        </button>
      ) : null}
    </div>
  );
}
