const FACES: Record<string, string> = {
  post_liked: '👍',
  comment_liked: '👍',
  like_received: '👍',
  post_commented: '💬',
  comment_received: '💬',
  comment_replied: '↩️',
  comment_reply: '↩️',
  post_mentioned: '📣',
  comment_mentioned: '📣',
  mention_received: '📣',
  group_update: '👥',
  rating_received: '⭐',
  download_milestone: '📥',
  new_follower: '👋',
  task_voted: '🗳️',
  badge_earned: '🏅',
  moderation_notice: '🛡️',
};

/** What stands before a notification of a type; before one from a later server, a bell. */
export function notificationFace(type: string): string {
  return FACES[type] ?? '🔔';
}
