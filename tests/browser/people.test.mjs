import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { postCard, widthOverflow } from './harness/browser.mjs';
import { LONG, stage } from './harness/stage.mjs';

const on = stage(() => ({ ADMIN_EMAIL: 'head@example.org', ADMIN_PASSWORD: 'by-the-fire-42' }));
const PICTURE = fileURLToPath(new URL('fixtures/embers.png', import.meta.url));

test("One goes to an author's page and follows them", LONG, async () => {
  const baraka = await on.register('Baraka');
  await on.hearth.call('POST', '/api/ventroom/posts/', { token: baraka.access, body: { title: 'On rye', content: 'It rises.' } });
  const amina = await on.person('Amina');
  await amina.page.goto('/');
  await postCard(amina.page, 'On rye').getByRole('link', { name: 'Baraka' }).click();
  await amina.page.getByRole('heading', { name: 'Baraka', level: 1 }).waitFor();
  await postCard(amina.page, 'On rye').waitFor();
  await amina.page.getByRole('button', { name: 'Follow', exact: true }).click();
  await amina.page.getByRole('button', { name: 'Following', pressed: true }).waitFor();
  await amina.page.getByRole('button', { name: 'Block' }).click();
  await amina.page.getByRole('button', { name: 'Unblock' }).waitFor();
  assert.deepEqual(amina.problems, []);
  await amina.context.close();
});

test('A post is kept, and found among the bookmarks; its views are told by day', LONG, async () => {
  const amina = await on.person('Amina');
  await on.hearth.call('POST', '/api/ventroom/posts/', { token: amina.account.access, body: { title: 'To keep', content: 'For later.' } });
  await amina.page.goto('/');
  await postCard(amina.page, 'To keep').getByRole('button', { name: 'Bookmark', pressed: false }).click();
  await postCard(amina.page, 'To keep').getByRole('button', { name: 'Bookmark', pressed: true }).waitFor();
  await postCard(amina.page, 'To keep').getByRole('button', { name: /view/ }).click();
  await postCard(amina.page, 'To keep').getByRole('region', { name: 'Views' }).waitFor();
  await amina.page.goto('/bookmarks');
  await postCard(amina.page, 'To keep').waitFor();
  assert.deepEqual(amina.problems, []);
  await amina.context.close();
});

test('A photo that is uploaded shows at once, and points and deeds are told', LONG, async () => {
  const amina = await on.person('Amina');
  await on.hearth.call('POST', '/api/ventroom/posts/', { token: amina.account.access, body: { title: 'Mine', content: 'Two points.' } });
  await amina.page.goto('/profile');
  await amina.page.getByLabel('Choose a photo of you').setInputFiles(PICTURE);
  await amina.page.locator('header.profile img.h-avatar').waitFor();
  await amina.page.getByRole('link', { name: 'Where your points come from' }).click();
  await amina.page.getByText('You wrote a post').first().waitFor();
  const download = amina.page.waitForEvent('download');
  await amina.page.getByRole('button', { name: 'Report (PDF)' }).click();
  assert.equal((await download).suggestedFilename(), 'engagement.pdf');
  assert.deepEqual(amina.problems, []);
  await amina.context.close();
});

test('Operations are for administrators', LONG, async () => {
  const amina = await on.person('Amina');
  await amina.page.goto('/operations');
  await amina.page.locator('section.h-feed').waitFor();
  assert.equal(await amina.page.getByRole('link', { name: 'Operations' }).count(), 0);
  await amina.context.close();

  const account = await on.hearth.call('POST', '/api/auth/login/', { body: { email: 'head@example.org', password: 'by-the-fire-42' } });
  const head = await on.stranger({ account, viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true });
  await head.page.goto('/');
  await head.page.getByRole('link', { name: 'Operations' }).click();
  await head.page.getByRole('button', { name: 'Rebuild engagement' }).click();
  await head.page.getByText(/done, .* rows/).waitFor();
  await head.page.getByRole('heading', { name: 'Checks' }).waitFor();
  for (const name of ['Jobs', 'Deliveries', 'Sockets and caches']) await head.page.getByRole('heading', { name, exact: true }).waitFor();
  await head.page.getByRole('button', { name: 'Clear caches' }).click();
  await head.page.getByText('Cleared on every node.').waitFor();
  assert.equal(await widthOverflow(head.page), 0, 'operations are wider than the screen');
  assert.deepEqual(head.problems, []);
  await head.context.close();
});

test('The service worker is there for pushes', LONG, async () => {
  const { context, page, problems } = await on.person('Amina');
  await page.goto('/notifications/preferences');
  await page.getByRole('heading', { name: 'This browser' }).waitFor();
  const state = await page.evaluate(async () => {
    await navigator.serviceWorker.register('/push.js');
    return (await navigator.serviceWorker.ready).active.scriptURL;
  });
  assert.ok(state.endsWith('/push.js'));
  assert.deepEqual(problems, []);
  await context.close();
});
