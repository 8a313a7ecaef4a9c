import type { ReactNode } from 'react';
import { CommentThread } from '../community/comment-thread';
import { Composer } from '../community/composer';
import { PostFeed } from '../community/post-feed';
import { PostView } from '../community/post-view';
import { TrendingList } from '../community/trending-list';
import { EngagementMetrics } from '../engagement/engagement-metrics';
import { EngagementNotifications } from '../engagement/engagement-notifications';
import { ReputationBadge } from '../engagement/reputation-badge';
import { TrendingPosts } from '../engagement/trending-posts';
import type { FeedName } from '../feeds/api';
import { CommunityActivity } from '../feeds/community-activity';
import { FollowButton } from '../people/follow-button';
import type { Size } from '../shared/avatar';
import { SkillCard } from '../skills/skill-card';
import type { Host } from './host';

type Attributes = Record<string, string>;

/** Each element with the widget behind it. An attribute is the widget's property in kebab case. */
const WIDGETS: Record<
  string,
  { attributes: readonly string[]; show: (attributes: Attributes, element: HTMLElement) => ReactNode }
> = {
  'hearth-feed': {
    attributes: ['author', 'group', 'q'],
    show: ({ author, group, q }) => (
      <div className="h-feed">
        {author || q ? null : <Composer group={whole(group)} />}
        <PostFeed author={author} group={whole(group)} q={q} />
      </div>
    ),
  },
  'hearth-post': {
    attributes: ['post-id'],
    show: (a) => <PostView postId={whole(a['post-id']) ?? 0} />,
  },
  'hearth-comments': {
    attributes: ['post-id'],
    show: (a) => <CommentThread postId={whole(a['post-id']) ?? 0} />,
  },
  'hearth-trending': {
    attributes: ['limit'],
    show: ({ limit }) => <TrendingList limit={whole(limit)} />,
  },
  'hearth-reputation': {
    attributes: ['user-id', 'inline', 'show-score', 'show-badges', 'size'],
    show: (a) => (
      <ReputationBadge
        userId={whole(a['user-id']) ?? 0}
        inline={flag(a.inline, false)}
        showScore={flag(a['show-score'], true)}
        showBadges={a['show-badges'] === undefined ? undefined : flag(a['show-badges'], true)}
        size={a.size as Size | undefined}
      />
    ),
  },
  'hearth-metrics': {
    attributes: ['user-id', 'days', 'compact'],
    show: (a) => (
      <EngagementMetrics userId={whole(a['user-id']) ?? 0} days={whole(a.days)} compact={flag(a.compact, false)} />
    ),
  },
  'hearth-notifications': {
    attributes: ['max-items'],
    show: (a, element) => (
      <EngagementNotifications
        maxItems={whole(a['max-items'])}
        onNotificationRead={(detail) => element.dispatchEvent(new CustomEvent('notification-read', { detail }))}
      />
    ),
  },
  'hearth-follow': {
    attributes: ['user-id', 'name', 'size'],
    show: (a, element) => (
      <FollowButton
        userId={a['user-id'] ?? ''}
        name={a.name}
        size={a.size === 'sm' ? 'sm' : 'md'}
        onChange={(following) => element.dispatchEvent(new CustomEvent('follow-change', { detail: { following } }))}
      />
    ),
  },
  'hearth-skill': {
    attributes: ['skill-id', 'compact'],
    show: (a) => <SkillCard skillId={a['skill-id'] ?? ''} compact={flag(a.compact, false)} />,
  },
  'hearth-trending-posts': {
    attributes: ['days', 'limit'],
    show: ({ days, limit }) => <TrendingPosts days={whole(days)} limit={whole(limit)} />,
  },
  'hearth-activity': {
    attributes: ['feed', 'limit'],
    show: ({ feed, limit }) => <CommunityActivity feed={feedName(feed)} limit={whole(limit)} />,
  },
};

const FEEDS: readonly FeedName[] = ['mine', 'global', 'discovery', 'trending'];

function feedName(text: string | undefined): FeedName | undefined {
  return FEEDS.find((name) => name === text);
}

function whole(text: string | undefined): number | undefined {
  const number = Number.parseInt(text ?? '', 10);
  return Number.isNaN(number) ? undefined : number;
}

/** As in HTML: the attribute alone switches on. `false` switches off what is on by itself. */
function flag(text: string | undefined, otherwise: boolean): boolean {
  return text === undefined ? otherwise : text !== 'false';
}

export const ELEMENTS: Record<string, (host: Host) => CustomElementConstructor> = Object.fromEntries(
  Object.entries(WIDGETS).map(([name, { attributes, show }]) => [
    name,
    (host: Host) =>
      class extends HTMLElement {
        static readonly observedAttributes = attributes;

        connectedCallback(): void {
          this.update();
        }

        disconnectedCallback(): void {
          host.remove(this);
        }

        attributeChangedCallback(): void {
          if (this.isConnected) this.update();
        }

        private update(): void {
          const given = [...this.attributes].map(({ name: key, value }) => [key, value]);
          host.put(this, show(Object.fromEntries(given), this));
        }
      },
  ]),
);
