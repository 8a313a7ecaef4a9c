import {
  Avatar,
  CommunityActivity,
  Composer,
  EngagementMetrics,
  EngagementNotifications,
  PostFeed,
  ReputationBadge,
  TrendingList,
  TrendingPosts,
} from '@hearth/widgets';
import { useSession } from '../auth/use-session';
import { MetricsStates, NotificationsStates, ReputationStates } from './engagement-states';
import { Exhibit, States } from './exhibit';
import { SkillExhibits } from './skill-exhibits';

/** Every widget as another site would show it, with the lines that put it there. */
export function GalleryPage() {
  const { user } = useSession();
  if (!user) return null;
  const id = user.user_id;
  return (
    <main className="column column--wide" id="main">
      <h1 className="page-title">Widgets</h1>
      <p>
        These are the parts that this console is made of. In a React application take them from the library, below one{' '}
        <code>HearthProvider</code>; on any other page load <code>/embed/hearth.js</code> and write elements.
      </p>
      <Exhibit
        title="Start"
        react={'<HearthProvider baseUrl="https://community.example" getToken={getToken}>\n  …\n</HearthProvider>'}
        html={
          '<script src="https://community.example/embed/hearth.js"></script>\n<script>hearth.signIn(() => token)</script>'
        }
      />
      <Exhibit
        title="Looks"
        react={':root { --h-ember: #0b6e4f; --h-font: Georgia, serif; --h-radius: 0 }\n<html data-theme="light">'}
        html={
          'hearth-feed { --h-ember: #0b6e4f; --h-ground: transparent }\n<hearth-notifications theme="light"></hearth-notifications>'
        }
      >
        <p>
          Colours, fonts and corners are custom properties. Light or dark is as the reader's system has it, unless the
          page says which: then what it shows fits what is around it.
        </p>
      </Exhibit>
      <Exhibit
        title="Reputation"
        react={`<ReputationBadge userId={${id}} size="md" />`}
        html={`<hearth-reputation user-id="${id}"></hearth-reputation>`}
      >
        <ReputationBadge userId={id} />
        <States of="Reputation">
          <ReputationStates userId={id} />
        </States>
      </Exhibit>
      <Exhibit
        title="Reputation beside a name"
        react={`<ReputationBadge userId={${id}} inline />`}
        html={`<hearth-reputation user-id="${id}" inline></hearth-reputation>`}
      >
        <p className="beside">
          <Avatar user={user} size="sm" /> <span className="h-name">{user.display_name}</span>{' '}
          <ReputationBadge userId={id} inline />
        </p>
      </Exhibit>
      <Exhibit
        title="Engagement"
        react={`<EngagementMetrics userId={${id}} days={30} />`}
        html={`<hearth-metrics user-id="${id}" days="30"></hearth-metrics>`}
      >
        <EngagementMetrics userId={id} days={30} />
        <States of="Engagement">
          <MetricsStates userId={id} />
        </States>
      </Exhibit>
      <Exhibit
        title="Engagement in one line"
        react={`<EngagementMetrics userId={${id}} days={7} compact />`}
        html={`<hearth-metrics user-id="${id}" days="7" compact></hearth-metrics>`}
      >
        <EngagementMetrics userId={id} days={7} compact />
      </Exhibit>
      <Exhibit
        title="Notifications"
        react={'<EngagementNotifications maxItems={5} />'}
        html={'<hearth-notifications max-items="5"></hearth-notifications>'}
      >
        <EngagementNotifications maxItems={5} />
        <States of="Notifications">
          <NotificationsStates />
        </States>
      </Exhibit>
      <Exhibit
        title="Posts that much is done with"
        react={'<TrendingPosts days={30} limit={3} />'}
        html={'<hearth-trending-posts days="30" limit="3"></hearth-trending-posts>'}
      >
        <TrendingPosts days={30} limit={3} />
      </Exhibit>
      <Exhibit
        title="What people do"
        react={'<CommunityActivity feed="global" limit={3} />'}
        html={'<hearth-activity feed="global" limit="3"></hearth-activity>'}
      >
        <CommunityActivity feed="global" limit={3} />
      </Exhibit>
      <SkillExhibits />
      <Exhibit
        title="Trending"
        react={'<TrendingList limit={3} />'}
        html={'<hearth-trending limit="3"></hearth-trending>'}
      >
        <TrendingList limit={3} />
      </Exhibit>
      <Exhibit title="Feed" react={'<Composer />\n<PostFeed />'} html={'<hearth-feed></hearth-feed>'}>
        <Composer />
        <PostFeed author={user.id} />
      </Exhibit>
    </main>
  );
}
