import type { FeedName } from '@hearth/widgets';
import { createRoute } from '@tanstack/react-router';
import { ActivityPage, feedOf } from '../features/activity/activity-page';
import { LoginPage } from '../features/auth/login-page';
import { ForgotPasswordPage, ResetPasswordPage } from '../features/auth/password-pages';
import { RegisterPage } from '../features/auth/register-page';
import { VerifyEmailPage } from '../features/auth/verify-email-page';
import { CommunityPage } from '../features/community/community-page';
import { DiscoverPage } from '../features/discover/discover-page';
import { EditSkillPage, NewSkillPage } from '../features/discover/edit-skill-page';
import { filtersOf } from '../features/discover/filters';
import { SkillPage } from '../features/discover/skill-page';
import { BookmarksPage } from '../features/feed/bookmarks-page';
import { FeedPage } from '../features/feed/feed-page';
import { PostPage } from '../features/feed/post-page';
import { GalleryPage } from '../features/gallery/gallery-page';
import { GroupPage } from '../features/groups/group-page';
import { GroupsPage } from '../features/groups/groups-page';
import { ExperimentsPage } from '../features/interactions/experiments-page';
import { InteractionsPage } from '../features/interactions/interactions-page';
import { CampaignPage } from '../features/messaging/campaign-page';
import { CampaignsPage } from '../features/messaging/campaigns-page';
import { ContactPage } from '../features/messaging/contact-page';
import { ContactsPage } from '../features/messaging/contacts-page';
import { ConversationPage } from '../features/messaging/conversation-page';
import { DashboardPage } from '../features/messaging/dashboard-page';
import { InboxPage } from '../features/messaging/inbox-page';
import { MessagingFrame } from '../features/messaging/messaging-frame';
import { TemplatesPage } from '../features/messaging/templates-page';
import { ModerationPage } from '../features/moderation/moderation-page';
import { NotificationsPage } from '../features/notifications/notifications-page';
import { PreferencesPage } from '../features/notifications/preferences-page';
import { OperationsPage } from '../features/operations/operations-page';
import { PersonPage } from '../features/people/person-page';
import { PrivacyPage } from '../features/privacy/privacy-page';
import { HistoryPage } from '../features/profile/history-page';
import { ProfilePage } from '../features/profile/profile-page';
import { adminRoute, guestRoute, memberRoute, moderatorRoute, rootRoute } from './root';

const text = (value: unknown): string => (typeof value === 'string' ? value : '');
const withToken = (search: Record<string, unknown>) => ({ token: text(search.token) });

const login = createRoute({ getParentRoute: () => guestRoute, path: '/login', component: LoginPage });
const register = createRoute({ getParentRoute: () => guestRoute, path: '/register', component: RegisterPage });
const forgot = createRoute({
  getParentRoute: () => guestRoute,
  path: '/forgot-password',
  component: ForgotPasswordPage,
});

const reset = createRoute({
  getParentRoute: () => rootRoute,
  path: '/reset-password',
  validateSearch: withToken,
  component: () => <ResetPasswordPage token={reset.useSearch().token} />,
});

const verify = createRoute({
  getParentRoute: () => rootRoute,
  path: '/verify-email',
  validateSearch: withToken,
  component: () => <VerifyEmailPage token={verify.useSearch().token} />,
});

const feed = createRoute({
  getParentRoute: () => memberRoute,
  path: '/',
  validateSearch: (search: Record<string, unknown>): { q?: string } => (search.q ? { q: String(search.q) } : {}),
  component: () => <FeedPage q={feed.useSearch().q} />,
});

const post = createRoute({
  getParentRoute: () => memberRoute,
  path: '/posts/$id',
  component: () => <PostPage id={Number(post.useParams().id)} />,
});

const activity = createRoute({
  getParentRoute: () => memberRoute,
  path: '/activity',
  validateSearch: (search: Record<string, unknown>): { feed?: FeedName } => {
    const named = feedOf(search.feed);
    return named === 'mine' ? {} : { feed: named };
  },
  component: () => <ActivityPage feed={feedOf(activity.useSearch().feed)} />,
});

const discover = createRoute({
  getParentRoute: () => memberRoute,
  path: '/discover',
  validateSearch: filtersOf,
  component: () => <DiscoverPage filters={discover.useSearch()} />,
});

const newSkill = createRoute({ getParentRoute: () => memberRoute, path: '/discover/new', component: NewSkillPage });

const skill = createRoute({
  getParentRoute: () => memberRoute,
  path: '/discover/$id',
  component: () => {
    const { id } = skill.useParams();
    return <SkillPage key={id} id={id} />;
  },
});

const editSkill = createRoute({
  getParentRoute: () => memberRoute,
  path: '/discover/$id/edit',
  component: () => {
    const { id } = editSkill.useParams();
    return <EditSkillPage key={id} id={id} />;
  },
});

const groups = createRoute({ getParentRoute: () => memberRoute, path: '/groups', component: GroupsPage });

const group = createRoute({
  getParentRoute: () => memberRoute,
  path: '/groups/$id',
  component: () => <GroupPage id={Number(group.useParams().id)} />,
});

const community = createRoute({ getParentRoute: () => memberRoute, path: '/community', component: CommunityPage });

const notifications = createRoute({
  getParentRoute: () => memberRoute,
  path: '/notifications',
  component: NotificationsPage,
});

const preferences = createRoute({
  getParentRoute: () => memberRoute,
  path: '/notifications/preferences',
  component: PreferencesPage,
});

const gallery = createRoute({ getParentRoute: () => memberRoute, path: '/widgets', component: GalleryPage });

const profile = createRoute({ getParentRoute: () => memberRoute, path: '/profile', component: ProfilePage });

const history = createRoute({ getParentRoute: () => memberRoute, path: '/profile/history', component: HistoryPage });

const interactions = createRoute({
  getParentRoute: () => memberRoute,
  path: '/profile/interactions',
  component: InteractionsPage,
});

const privacy = createRoute({ getParentRoute: () => memberRoute, path: '/profile/privacy', component: PrivacyPage });

const moderation = createRoute({
  getParentRoute: () => moderatorRoute,
  path: '/moderation',
  component: ModerationPage,
});

const bookmarks = createRoute({ getParentRoute: () => memberRoute, path: '/bookmarks', component: BookmarksPage });

const person = createRoute({
  getParentRoute: () => memberRoute,
  path: '/people/$id',
  component: () => {
    const { id } = person.useParams();
    return <PersonPage key={id} id={id} />;
  },
});

const messaging = createRoute({ getParentRoute: () => memberRoute, path: '/messaging', component: MessagingFrame });
const dashboard = createRoute({ getParentRoute: () => messaging, path: '/', component: DashboardPage });
const inbox = createRoute({ getParentRoute: () => messaging, path: '/inbox', component: InboxPage });
const contacts = createRoute({ getParentRoute: () => messaging, path: '/contacts', component: ContactsPage });
const templates = createRoute({ getParentRoute: () => messaging, path: '/templates', component: TemplatesPage });
const campaigns = createRoute({ getParentRoute: () => messaging, path: '/campaigns', component: CampaignsPage });

const conversation = createRoute({
  getParentRoute: () => messaging,
  path: '/inbox/$id',
  component: () => {
    const { id } = conversation.useParams();
    return <ConversationPage key={id} id={id} />;
  },
});

const contact = createRoute({
  getParentRoute: () => messaging,
  path: '/contacts/$id',
  component: () => {
    const { id } = contact.useParams();
    return <ContactPage key={id} id={id} />;
  },
});

const campaign = createRoute({
  getParentRoute: () => messaging,
  path: '/campaigns/$id',
  component: () => {
    const { id } = campaign.useParams();
    return <CampaignPage key={id} id={id} />;
  },
});

const operations = createRoute({ getParentRoute: () => adminRoute, path: '/operations', component: OperationsPage });

const experiments = createRoute({
  getParentRoute: () => adminRoute,
  path: '/operations/experiments',
  component: ExperimentsPage,
});

export const routeTree = rootRoute.addChildren([
  guestRoute.addChildren([login, register, forgot]),
  memberRoute.addChildren([
    feed,
    post,
    activity,
    discover,
    newSkill,
    skill,
    editSkill,
    community,
    groups,
    group,
    notifications,
    preferences,
    gallery,
    profile,
    history,
    interactions,
    bookmarks,
    person,
    messaging.addChildren([dashboard, inbox, conversation, contacts, contact, templates, campaigns, campaign]),
    privacy,
    moderatorRoute.addChildren([moderation]),
    adminRoute.addChildren([operations, experiments]),
  ]),
  reset,
  verify,
]);
