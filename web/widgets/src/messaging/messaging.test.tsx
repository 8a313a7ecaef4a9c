import { act, cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, expect, test, vi } from 'vitest';
import { useHearth } from '../provider/context';
import type { Hearth } from '../provider/hearth';
import { amina, serve, show } from '../testing';
import { ActivityFeed } from './activity-feed';
import { PerformanceOverview } from './performance-overview';

const PATIENCE = 60_000;
const RECENT = 'GET /api/messaging/activity/recent/';
const OVERVIEW = 'GET /api/messaging/performance/overview/';
const member = { ...amina, tenant_id: 'the-firm' };

afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
});

const line = (id: string, type: string, title: string, is_live = false) => ({
  id,
  type,
  title,
  description: `About ${title}`,
  timestamp: '2026-05-04T10:30:00Z',
  time_ago: '2 min ago',
  is_live,
  metadata: {},
});

const recent = (...activities: unknown[]) => ({
  success: true,
  data: { activities, has_more: false, total_count: activities.length, live_count: 0 },
});

const MONTHS = ['Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec', 'Jan', 'Feb', 'Mar', 'Apr', 'May'];

const performance = (total = 1250, volume = MONTHS.map(() => 0)) => ({
  success: true,
  data: {
    metrics: {
      total_messages: total,
      delivery_rate: 96.8,
      response_rate: 45.2,
      active_conversations: 25,
      campaign_success_rate: 94.2,
    },
    charts: {
      message_volume: { labels: MONTHS, data: volume },
      delivery_rates: { labels: MONTHS, data: MONTHS.map((_, at) => at * 5) },
    },
    coming_soon: false,
  },
});

/** Hands out the Hearth that the widgets beside it have. */
function Held({ hold }: { hold: (hearth: Hearth) => void }) {
  hold(useHearth().hearth);
  return null;
}

test('Each line tells what happened, about what and when, and only a live one is marked', async () => {
  serve({
    [RECENT]: recent(
      line('msg_1', 'conversation_reply', 'Sarah replied', true),
      line('camp_2', 'campaign_completed', 'System completed campaign News'),
      line('new_3', 'something_new', 'What this version does not know'),
    ),
  });
  show(<ActivityFeed />, member);
  const lines = await screen.findAllByRole('listitem');
  expect(lines).toHaveLength(3);
  expect(lines[0]?.textContent).toContain('💬');
  expect(lines[0]?.textContent).toContain('About Sarah replied');
  expect(lines[1]?.textContent).toContain('📊');
  expect(lines[2]?.textContent).toContain('📝');
  expect(lines.map((one) => within(one).queryByText('Live') !== null)).toEqual([true, false, false]);
  const time = within(lines[0] as HTMLElement).getByText('2 min ago');
  expect(time.getAttribute('datetime')).toBe('2026-05-04T10:30:00Z');
});

test('The feed asks for as many and for the type that it is told', async () => {
  const calls = serve({ [RECENT]: recent(line('campstart_1', 'campaign_started', 'Amina started campaign News')) });
  show(<ActivityFeed limit={3} type="campaign_started" />, member);
  await screen.findByText('Amina started campaign News');
  const asked = calls.filter((call) => call.path.includes('recent'));
  expect(asked.map((call) => [call.query.get('limit'), call.query.get('type')])).toEqual([['3', 'campaign_started']]);
});

test('A live event of messaging brings the news, another event asks for nothing', async () => {
  const answers: Record<string, unknown> = {
    [RECENT]: recent(line('msg_1', 'conversation_reply', 'The first')),
    [OVERVIEW]: performance(1),
  };
  const calls = serve(answers);
  let hearth: Hearth | undefined;
  show(
    <>
      <Held
        hold={(one) => {
          hearth = one;
        }}
      />
      <ActivityFeed />
      <PerformanceOverview compact />
    </>,
    member,
  );
  await screen.findByText('The first');
  await screen.findByText('Total Messages');
  const before = calls.length;
  act(() => hearth?.community.receive({ kind: 'event', id: '1', type: 'presence', data: {} }));
  expect(calls.length).toBe(before);

  answers[RECENT] = recent(line('msg_2', 'conversation_reply', 'The second'));
  answers[OVERVIEW] = performance(2);
  act(() => hearth?.community.receive({ kind: 'event', id: '2', type: 'messaging_message', data: {} }));
  await screen.findByText('The second', {}, { timeout: PATIENCE });
  await vi.waitFor(
    () => expect(screen.getByText('Total Messages').parentElement?.textContent).toContain('2'),
    PATIENCE,
  );
  expect(screen.queryByText('The first')).toBeNull();
});

test('Nothing yet, no organisation, and a failure that can be tried again are each said', async () => {
  const answers: Record<string, unknown> = { [RECENT]: recent() };
  serve(answers);
  show(<ActivityFeed />, member);
  await screen.findByText('Nothing yet');
  cleanup();

  const calls = serve(answers);
  show(
    <>
      <ActivityFeed />
      <PerformanceOverview />
    </>,
  );
  expect(screen.getAllByText('You belong to no organisation here.')).toHaveLength(2);
  expect(calls.filter((call) => call.path.includes('/messaging/'))).toEqual([]);
  cleanup();

  answers[RECENT] = new Response('{"success":false,"message":"No such type"}', { status: 400 });
  serve(answers);
  show(<ActivityFeed />, member);
  await screen.findByText('No such type', {}, { timeout: PATIENCE });
  answers[RECENT] = recent(line('msg_1', 'conversation_reply', 'Here it is'));
  fireEvent.click(screen.getByRole('button', { name: 'Try again' }));
  await screen.findByText('Here it is', {}, { timeout: PATIENCE });
});

test('The figures are to the digit as the server says, beside their names', async () => {
  serve({ [OVERVIEW]: performance(1_250_000) });
  show(<PerformanceOverview compact />, member);
  const value = async (label: string) =>
    (await screen.findByText(label)).parentElement?.querySelector('dd')?.textContent;
  expect(await value('Total Messages')).toBe('1,250,000');
  expect(await value('Delivery Rate')).toBe('96.8%');
  expect(await value('Response Rate')).toBe('45.2%');
  expect(await value('Active Conversations')).toBe('25');
  expect(await value('Campaign Success')).toBe('94.2%');
  expect(screen.queryByText('Delivery rate')).toBeNull();
});

test('The charts have a bar a month: volume by its highest, rates by a hundred; and words for who sees no bars', async () => {
  serve({ [OVERVIEW]: performance(10, [0, 0, 0, 0, 0, 0, 0, 0, 0, 50, 100, 200]) });
  show(<PerformanceOverview />, member);
  const heights = (title: string) =>
    [...(screen.getByText(title).parentElement as HTMLElement).querySelectorAll('li')].map((month) => [
      month.title,
      (month.querySelector('.h-months__bar') as HTMLElement).style.blockSize,
      month.querySelector('.h-visually-hidden')?.textContent,
    ]);
  await screen.findByText('Messages');
  expect(heights('Messages').slice(-3)).toEqual([
    ['Mar: 50', '25%', 'Mar: 50'],
    ['Apr: 100', '50%', 'Apr: 100'],
    ['May: 200', '100%', 'May: 200'],
  ]);
  expect(heights('Delivery rate')).toHaveLength(12);
  expect(heights('Delivery rate').at(-1)).toEqual(['May: 55%', '55%', 'May: 55%']);
});

test('A year without a message is drawn as one', async () => {
  serve({ [OVERVIEW]: performance(0) });
  show(<PerformanceOverview />, member);
  const chart = (await screen.findByText('Messages')).parentElement as HTMLElement;
  expect([...chart.querySelectorAll('.h-months__bar')].map((bar) => (bar as HTMLElement).style.blockSize)).toEqual(
    MONTHS.map(() => '0%'),
  );
});
