import { cleanup, fireEvent, screen, waitFor } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import type { User } from '../api/wire';
import { HearthProvider } from '../provider/hearth-provider';
import { amina, serve, show } from '../testing';
import { EngagementMetrics } from './engagement-metrics';
import { EngagementNotifications } from './engagement-notifications';
import { ReputationBadge } from './reputation-badge';

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const ROOT = '/api/engagement';

const reputation = {
  user_id: 1,
  reputation_score: 245,
  total_engagements: 67,
  activity_level: 'active',
  badges: ['first_comment', 'night_owl'],
};

const metrics = {
  user_id: 1,
  username: 'amina',
  metrics: {
    total_engagements: 42,
    likes: 15,
    comments: 8,
    mentions: 2,
    group_joins: 3,
    comment_likes: 10,
    comment_replies: 4,
    period: '30 days',
    average_per_day: 1.4,
  },
};

const notification = (id: number, read: boolean) => ({
  id,
  user_id: 1,
  triggered_by: { id: 2, username: 'juma' },
  notification_type: 'post_liked',
  notification_type_display: 'Post Liked',
  message: `juma liked your post ${id}`,
  read,
  created_at: '2025-01-01T00:00:00Z',
});

test('A reputation shows level, score and badges, also those this community made', async () => {
  serve({ [`GET ${ROOT}/analytics/my_reputation/`]: reputation });
  show(<ReputationBadge userId={1} />);
  expect(await screen.findByText('Active')).toBeTruthy();
  expect(screen.getByText('Reputation 245')).toBeTruthy();
  expect(screen.getByText('First comment')).toBeTruthy();
  expect(screen.getByText('Night owl')).toBeTruthy();
});

test('Inline it is short, and silent when it cannot be read', async () => {
  serve({ [`GET ${ROOT}/reputation/2/`]: { ...reputation, user_id: 2, badges: [] } });
  const { container } = show(
    <>
      <ReputationBadge userId={2} inline />
      <ReputationBadge userId={3} inline />
    </>,
  );
  expect(await screen.findByTitle('Active, reputation 245')).toBeTruthy();
  expect(container.querySelectorAll('.h-error').length).toBe(0);
});

test('Without score and badges it shows neither', async () => {
  serve({ [`GET ${ROOT}/analytics/my_reputation/`]: reputation });
  show(<ReputationBadge userId={1} showScore={false} showBadges={false} />);
  expect(await screen.findByText('Active')).toBeTruthy();
  expect(screen.queryByText(/245/)).toBeNull();
  expect(screen.queryByRole('list', { name: 'Badges' })).toBeNull();
});

test('Metrics are asked for over the days that the page names', async () => {
  const calls = serve({ [`GET ${ROOT}/analytics/user_metrics/`]: metrics });
  show(<EngagementMetrics userId={1} days={7} />);
  expect(await screen.findByText('42')).toBeTruthy();
  expect(calls[0]?.query.get('days')).toBe('7');
  expect(screen.getByText('Comment likes').closest('div')?.textContent).toContain('10');
});

test("Administrators see another person's metrics", async () => {
  const calls = serve({ [`GET ${ROOT}/analytics/user_metrics/`]: { ...metrics, user_id: 2 } });
  show(<EngagementMetrics userId={2} days={7} />, { ...amina, roles: ['individual', 'admin'] });
  expect(await screen.findByText('42')).toBeTruthy();
  expect(calls[0]?.query.get('user_id')).toBe('2');
});

test('Inline, badges are a number, where they are asked for', async () => {
  serve({ [`GET ${ROOT}/analytics/my_reputation/`]: reputation });
  show(<ReputationBadge userId={1} inline showBadges />);
  expect((await screen.findByText('2 badges')).parentElement?.title).toBe('First comment, Night owl');
});

test('Whoever is not signed in is told so', () => {
  serve({});
  show(
    <>
      <ReputationBadge userId={1} />
      <EngagementMetrics userId={1} />
      <EngagementNotifications />
    </>,
    null,
  );
  expect(screen.getAllByText('Sign in to see this.').length).toBe(3);
});

test("One's own figures follow what one does", async () => {
  const answers: Record<string, unknown> = {
    [`GET ${ROOT}/analytics/my_reputation/`]: reputation,
    [`GET ${ROOT}/analytics/my_notifications/`]: { results: [notification(1, false)] },
    [`POST ${ROOT}/analytics/mark_notifications_read/`]: { marked_read: 1, status: 'success' },
  };
  serve(answers);
  show(
    <>
      <ReputationBadge userId={1} />
      <EngagementNotifications />
    </>,
  );
  expect(await screen.findByText('Reputation 245')).toBeTruthy();
  answers[`GET ${ROOT}/analytics/my_reputation/`] = { ...reputation, reputation_score: 247 };
  fireEvent.click(await screen.findByRole('button', { name: /your post 1/ }));
  expect(await screen.findByText('Reputation 247', {}, { timeout: 20_000 })).toBeTruthy();
}, 30_000);

test("Another person's metrics are not asked for at all", () => {
  const calls = serve({});
  show(<EngagementMetrics userId={2} />);
  expect(screen.getByText('Only they can see this.')).toBeTruthy();
  expect(calls).toEqual([]);
});

test('Reading a notification marks it at once, tells the server, and calls back', async () => {
  const read = vi.fn();
  const calls = serve({
    [`GET ${ROOT}/analytics/my_notifications/`]: { results: [notification(1, false), notification(2, true)] },
    [`POST ${ROOT}/analytics/mark_notifications_read/`]: { marked_read: 1, status: 'success' },
  });
  show(<EngagementNotifications maxItems={5} onNotificationRead={read} />);
  fireEvent.click(await screen.findByRole('button', { name: /your post 1/ }));
  await waitFor(() => expect(read).toHaveBeenCalledWith(expect.objectContaining({ id: 1 })));
  expect(calls.find((call) => call.method === 'POST')?.body).toEqual({ notification_ids: [1] });
});

test('However many a page wants, the server is asked for what it gives', async () => {
  const calls = serve({ [`GET ${ROOT}/analytics/my_notifications/`]: { results: [notification(1, false)] } });
  show(
    <>
      <EngagementNotifications maxItems={5_000} />
      <EngagementNotifications maxItems={0} />
    </>,
  );
  await waitFor(() => expect(screen.getAllByRole('listitem').length).toBe(2));
  expect(calls.map((call) => call.query.get('limit'))).toEqual(['100', '1']);
});

test('One engagement is one', async () => {
  serve({
    [`GET ${ROOT}/analytics/user_metrics/`]: { ...metrics, metrics: { ...metrics.metrics, total_engagements: 1 } },
  });
  show(<EngagementMetrics userId={1} days={1} compact />);
  expect((await screen.findByText('1')).parentElement?.textContent).toBe('1 engagement in 1 day, 1.4 a day');
});

test('Inline, a number says what it is of to who hears it', async () => {
  serve({ [`GET ${ROOT}/analytics/my_reputation/`]: reputation });
  show(<ReputationBadge userId={1} inline />);
  expect((await screen.findByTitle('Active, reputation 245')).textContent).toBe('⚡Active, reputation 245');
});

test('When somebody else signs in, nothing of the one before is left', async () => {
  const answers: Record<string, unknown> = {
    [`GET ${ROOT}/analytics/my_notifications/`]: { results: [notification(1, false)] },
  };
  serve(answers);
  const page = (user: User) => (
    <HearthProvider baseUrl="http://hearth.test" getToken={() => 'token'} user={user}>
      <EngagementNotifications />
    </HearthProvider>
  );
  const { rerender } = show(null);
  rerender(page(amina));
  expect(await screen.findByText(/your post 1/)).toBeTruthy();
  answers[`GET ${ROOT}/analytics/my_notifications/`] = { results: [] };
  rerender(page({ ...amina, id: 'juma', user_id: 2 }));
  expect(screen.queryByText(/your post 1/)).toBeNull();
  expect(await screen.findByText('All quiet')).toBeTruthy();
});

test('No more notifications are shown than the page wants', async () => {
  serve({ [`GET ${ROOT}/analytics/my_notifications/`]: { results: [1, 2, 3].map((id) => notification(id, false)) } });
  show(<EngagementNotifications maxItems={2} />);
  expect((await screen.findAllByRole('listitem')).length).toBe(2);
});
