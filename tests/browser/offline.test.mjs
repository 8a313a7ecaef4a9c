import assert from 'node:assert/strict';
import { test } from 'node:test';
import { postCard, untilFeedLive, untilPostLive } from './harness/browser.mjs';
import { LONG, stage } from './harness/stage.mjs';

const on = stage();

const post = (account, content) =>
  on.hearth.call('POST', '/api/ventroom/posts/', { token: account.access, body: { content } });

test('What happened while the server was away is there when it is back', LONG, async () => {
  const amina = await on.person('Amina');
  const juma = await on.person('Juma');
  await post(amina.account, 'Before the outage');
  await juma.page.goto('/');
  await untilFeedLive(juma.page);
  await untilPostLive(juma.page, 'Before the outage');

  await on.hearth.halt();
  await juma.page.getByText('The live connection was lost').waitFor();
  await on.hearth.run();
  await post(amina.account, 'Written while he was reconnecting');
  await postCard(juma.page, 'Written while he was reconnecting').waitFor();
  await untilFeedLive(juma.page);
  await post(amina.account, 'Written after');
  await postCard(juma.page, 'Written after').waitFor();
  assert.equal(await postCard(juma.page, 'Before the outage').count(), 1);
  await Promise.all([amina.context.close(), juma.context.close()]);
});

test('A lost connection comes back with the events it missed', LONG, async () => {
  const amina = await on.person('Amina');
  const juma = await on.person('Juma');
  const { id } = await post(amina.account, 'Keep the fire going');
  await juma.page.goto('/');
  await untilPostLive(juma.page, 'Keep the fire going');
  // One event first: what came after it can be asked for.
  await on.hearth.call('POST', `/api/ventroom/posts/${id}/comments/`, { token: amina.account.access, body: { text: 'More wood' } });
  const card = postCard(juma.page, 'Keep the fire going');
  await card.getByRole('button', { name: '1 comment' }).waitFor();

  const asked = juma.page.waitForEvent('websocket', (socket) => socket.url().includes('since='));
  await juma.context.setOffline(true);
  await juma.page.getByText('The live connection was lost').waitFor();
  await on.hearth.call('POST', `/api/ventroom/posts/${id}/comments/`, { token: amina.account.access, body: { text: 'And a story' } });
  await juma.context.setOffline(false);
  await asked;
  await card.getByRole('button', { name: '2 comments' }).waitFor();
  await Promise.all([amina.context.close(), juma.context.close()]);
});

test('Without a connection the saved posts are read, and their views counted later', LONG, async () => {
  const amina = await on.person('Amina');
  const juma = await on.person('Juma');
  await juma.page.goto('/');
  await untilFeedLive(juma.page);
  // A post that came live is one that no read has counted: its view is reported by the page.
  let held = true;
  await juma.page.route('**/mark_as_viewed/**', (route) => (held ? route.abort() : route.continue()));
  const { id } = await post(amina.account, 'Seen in the dark');
  const card = postCard(juma.page, 'Seen in the dark');
  await card.getByTitle(/seen by you/).waitFor();
  await juma.page.waitForFunction(
    (post) => Object.keys(localStorage).some((key) => key.startsWith('hearth:views:') && localStorage.getItem(key).includes(String(post))),
    id,
  );

  // The list is kept on the device, and shown where the server cannot be reached.
  await juma.page.reload();
  await postCard(juma.page, 'Seen in the dark').waitFor();
  await juma.page.route('**/api/ventroom/posts/?*', (route) => route.abort());
  await juma.page.reload();
  await juma.page.getByText('You are offline').waitFor();
  await postCard(juma.page, 'Seen in the dark').waitFor();

  held = false;
  const reported = juma.page.waitForResponse((response) => response.url().includes('mark_as_viewed') && response.ok());
  await juma.page.evaluate(() => window.dispatchEvent(new Event('online')));
  await reported;
  await juma.page.waitForFunction(
    () => Object.keys(localStorage).filter((key) => key.startsWith('hearth:views:')).every((key) => localStorage.getItem(key) === '[]'),
  );
  await juma.page.unroute('**/api/ventroom/posts/?*');
  await juma.page.getByRole('button', { name: 'Try again' }).click();
  await juma.page.getByText('You are offline').waitFor({ state: 'detached' });
  await Promise.all([amina.context.close(), juma.context.close()]);
});
