import {
  EngagementMetrics,
  type EngagementNotification,
  EngagementNotifications,
  HearthProvider,
  ReputationBadge,
} from '@hearth/widgets';
import type { ReactNode } from 'react';
import { Stage } from './stage';

const LEVELS = ['inactive', 'novice', 'active', 'power_user', 'community_leader'];

const fails = () => {
  throw new Error('This could not be loaded.');
};

const reputation = (activity_level: string, reputation_score: number, badges: string[] = []) => ({
  activity_level,
  reputation_score,
  badges,
});

const earned = reputation('power_user', 1_245, ['first_comment', 'ten_likes', 'helpful_contributor', 'night_owl']);

/** Each state of a reputation. */
export function ReputationStates({ userId }: { userId: number }) {
  return (
    <div className="stages">
      {(['sm', 'md', 'lg'] as const).map((size) => (
        <Stage key={size} title={`size="${size}"`} answer={() => earned}>
          <ReputationBadge userId={userId} size={size} />
        </Stage>
      ))}
      <Stage title="showBadges={false}" answer={() => earned}>
        <ReputationBadge userId={userId} showBadges={false} />
      </Stage>
      <Stage title="showScore={false}, nothing earned yet" answer={() => reputation('novice', 3)}>
        <ReputationBadge userId={userId} showScore={false} />
      </Stage>
      {(['sm', 'md', 'lg'] as const).map((size) => (
        <Stage key={size} title={`inline showBadges size="${size}"`} answer={() => earned}>
          <ReputationBadge userId={userId} inline showBadges size={size} />
        </Stage>
      ))}
      {LEVELS.map((level, index) => (
        <Stage key={level} title={`inline, ${level}`} answer={() => reputation(level, index * 120)}>
          <ReputationBadge userId={userId} inline />
        </Stage>
      ))}
      <Stage title="On its way" answer={null}>
        <ReputationBadge userId={userId} />
      </Stage>
      <Stage title="Failed" answer={fails}>
        <ReputationBadge userId={userId} />
      </Stage>
      <SignedOut>
        <ReputationBadge userId={userId} />
      </SignedOut>
    </div>
  );
}

const metrics = (share: number) => ({
  metrics: {
    total_engagements: 42 * share,
    likes: 15 * share,
    comments: 8 * share,
    mentions: 2 * share,
    group_joins: 3 * share,
    comment_likes: 10 * share,
    comment_replies: 4 * share,
    average_per_day: Math.round(14 * share) / 10,
  },
});

/** Each state of a person's figures. */
export function MetricsStates({ userId }: { userId: number }) {
  return (
    <div className="stages">
      <Stage title="Full" answer={() => metrics(1)}>
        <EngagementMetrics userId={userId} />
      </Stage>
      <Stage title="Nothing yet" answer={() => metrics(0)}>
        <EngagementMetrics userId={userId} />
      </Stage>
      <Stage title="days={365}, a great many" answer={() => metrics(1_234)}>
        <EngagementMetrics userId={userId} days={365} />
      </Stage>
      <Stage title="compact" answer={() => metrics(1)}>
        <EngagementMetrics userId={userId} compact />
      </Stage>
      <Stage title="days={1} compact, nothing yet" answer={() => metrics(0)}>
        <EngagementMetrics userId={userId} days={1} compact />
      </Stage>
      <Stage title="Somebody else's: for administrators" answer={() => metrics(2)}>
        <EngagementMetrics userId={-1} compact />
      </Stage>
      <Stage title="On its way" answer={null}>
        <EngagementMetrics userId={userId} />
      </Stage>
      <Stage title="Failed" answer={fails}>
        <EngagementMetrics userId={userId} />
      </Stage>
      <SignedOut>
        <EngagementMetrics userId={userId} />
      </SignedOut>
    </div>
  );
}

function notification(id: number, type: string, message: string, read: boolean): EngagementNotification {
  return {
    id: -id,
    user_id: 0,
    triggered_by: null,
    notification_type: type,
    notification_type_display: type,
    message,
    read,
    email_sent: false,
    email_delivered: false,
    in_app_sent: true,
    created_at: new Date(Date.now() - id * 3_700_000).toISOString(),
  };
}

const told = [
  notification(1, 'post_liked', 'amina and 4 others liked your post', false),
  notification(2, 'comment_mentioned', 'juma mentioned you in a comment', false),
  notification(3, 'badge_earned', 'You earned the badge Ten likes', true),
  notification(26, 'post_commented', 'ليلى بنت عبد الله commented on your post', true),
  notification(30, 'group_update', 'a-person-with-a-name-that-goes-on-and-on posted in Bakers of the long rise', true),
];

/** Each state of the notifications. */
export function NotificationsStates() {
  return (
    <div className="stages">
      <Stage title="Unread and read" answer={() => ({ results: told })}>
        <EngagementNotifications />
      </Stage>
      <Stage title="maxItems={2}, all read" answer={() => ({ results: told.slice(2) })}>
        <EngagementNotifications maxItems={2} />
      </Stage>
      <Stage title="None" answer={() => ({ results: [] })}>
        <EngagementNotifications />
      </Stage>
      <Stage title="On its way" answer={null}>
        <EngagementNotifications />
      </Stage>
      <Stage title="Failed" answer={fails}>
        <EngagementNotifications />
      </Stage>
      <SignedOut>
        <EngagementNotifications />
      </SignedOut>
    </div>
  );
}

function SignedOut({ children }: { children: ReactNode }) {
  return (
    <figure className="stage">
      <figcaption className="h-muted">Nobody signed in</figcaption>
      <HearthProvider baseUrl="" getToken={() => null} user={null}>
        {children}
      </HearthProvider>
    </figure>
  );
}
