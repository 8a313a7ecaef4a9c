const OWN: Record<string, string> = {
  like_post: 'You liked a post',
  unlike_post: 'You took a like of a post back',
  like_comment: 'You liked a comment',
  unlike_comment: 'You took a like of a comment back',
  comment_post: 'You commented',
  reply_comment: 'You replied',
  mention_user: 'You mentioned somebody',
  join_group: 'You joined a group',
  leave_group: 'You left a group',
  view_post: 'You saw a post',
  share_post: 'You shared a post',
  bookmark_post: 'You bookmarked a post',
  unbookmark_post: 'You removed a bookmark',
  create_post: 'You wrote a post',
  found_group: 'You founded a group',
};

const OTHERS: Record<string, string> = {
  like_post: 'liked your post',
  like_comment: 'liked your comment',
  comment_post: 'commented on your post',
  reply_comment: 'replied to you',
  mention_user: 'mentioned you',
  share_post: 'shared your post',
  bookmark_post: 'bookmarked your post',
  follow_user: 'followed you',
};

/** An action in words: one's own, or what somebody did to one's own. */
export function actionWords(action: string, by?: string): string {
  const plain = action.replaceAll('_', ' ');
  return by === undefined ? (OWN[action] ?? plain) : `${by} ${OTHERS[action] ?? plain}`;
}
