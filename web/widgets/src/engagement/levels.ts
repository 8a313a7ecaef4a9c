import type { ActivityLevel } from '../api/engagement-wire';

const LEVELS: Record<ActivityLevel, { name: string; face: string }> = {
  inactive: { name: 'Inactive', face: '😴' },
  novice: { name: 'Novice', face: '🌱' },
  active: { name: 'Active', face: '⚡' },
  power_user: { name: 'Power user', face: '🔥' },
  community_leader: { name: 'Community leader', face: '👑' },
};

/** A level in words and as a face; one from a later server is shown by its name. */
export function levelWords(level: string): { name: string; face: string } {
  return LEVELS[level as ActivityLevel] ?? { name: level.replaceAll('_', ' '), face: '✨' };
}

const BADGES: Record<string, { title: string; what: string }> = {
  first_comment: { title: 'First comment', what: 'Commented for the first time' },
  first_like: { title: 'First like', what: 'Liked something for the first time' },
  ten_likes: { title: 'Ten likes', what: 'Earned ten likes on posts and comments' },
  commenter: { title: 'Commenter', what: 'Made ten comments' },
  mentioned: { title: 'Mentioned', what: 'Was mentioned five times' },
  group_starter: { title: 'Group starter', what: 'Founded a group' },
  helpful_contributor: { title: 'Helpful', what: 'Wrote comments that others reacted to' },
  top_engager: { title: 'Top engager', what: 'Among the most engaged tenth' },
  community_voice: { title: 'Community voice', what: 'Wrote posts that many engaged with' },
  influencer: { title: 'Influencer', what: 'Reaches many people' },
};

/** A badge in words. One that administrators made has its name only. */
export function badgeWords(name: string): { title: string; what: string } {
  const plain = name.replaceAll('_', ' ');
  return BADGES[name] ?? { title: plain.charAt(0).toUpperCase() + plain.slice(1), what: 'Awarded by this community' };
}
