import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { test } from 'node:test';
import { widthOverflow } from './harness/browser.mjs';
import { LONG, stage } from './harness/stage.mjs';

const on = stage(() => ({ ADMIN_EMAIL: 'head@example.org', ADMIN_PASSWORD: 'by-the-fire-42' }));
const SHOTS = new URL('../../artifacts/screenshots/', import.meta.url);
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

async function shoot(page, name) {
  await mkdir(SHOTS, { recursive: true });
  await page.screenshot({ path: new URL(`${name}.png`, SHOTS).pathname, fullPage: true });
}

test('One chooses who sees a profile, takes everything along, and leaves', LONG, async () => {
  const amina = await on.person('Amina', PHONE);
  await amina.page.goto('/profile/privacy');
  await amina.page.getByRole('group', { name: 'Who sees your profile' }).getByText('Followers').click();
  await amina.page.getByText('Saved.').waitFor();
  const download = amina.page.waitForEvent('download');
  await amina.page.getByRole('button', { name: 'Download everything' }).click();
  assert.equal((await download).suggestedFilename(), 'hearth-export.zip');
  await amina.page.getByRole('button', { name: 'Delete my account…' }).click();
  assert.equal(await widthOverflow(amina.page), 0, 'the page is wider than the screen');
  await shoot(amina.page, 'phone-privacy');
  await amina.page.getByLabel('Your password').fill('by-the-fire-42');
  await amina.page.getByRole('button', { name: 'Delete for good' }).click();
  await amina.page.waitForURL('**/login');
  assert.deepEqual(amina.problems, []);
  await amina.context.close();
});

test('A moderator claims a report, decides it, and adds a rule', LONG, async () => {
  const amina = await on.register('Amina');
  const bilal = await on.register('Bilal');
  const post = await on.hearth.call('POST', '/api/ventroom/posts/', { token: amina.access, body: { content: 'Buy my watches' } });
  const report = { content_type: 'post', content_id: post.id, reason: 'spam' };
  await on.hearth.call('POST', '/api/v1/moderation/report', { token: bilal.access, body: report });
  const head = await on.hearth.call('POST', '/api/auth/login/', { body: { email: 'head@example.org', password: 'by-the-fire-42' } });
  const { page, context, problems } = await on.stranger({ account: head });
  await page.goto('/moderation');
  const card = page.getByRole('article', { name: 'Report of a post' });
  await card.getByText('Buy my watches').waitFor();
  await card.getByRole('button', { name: 'Claim' }).click();
  await card.getByRole('form', { name: 'Decide' }).waitFor();
  await shoot(page, 'moderation');
  await card.getByLabel('Decision').selectOption('hide');
  await card.getByRole('button', { name: 'Decide' }).click();
  await card.waitFor({ state: 'detached' });
  await page.getByText('Decided', { exact: true }).click();
  await card.getByText('Decided: hide').waitFor();
  await page.getByText('Rules', { exact: true }).click();
  await page.getByLabel('Name', { exact: true }).fill('Watches');
  await page.getByLabel('Words or phrases').fill('cheap watches');
  await shoot(page, 'moderation-rules');
  await page.getByRole('button', { name: 'Add rule' }).click();
  await page.getByRole('article', { name: 'Watches' }).waitFor();
  assert.deepEqual(problems, []);
  await context.close();
});

test('Who is suspended reads why at the door, and appeals', LONG, async () => {
  const amina = await on.register('Amina');
  const bilal = await on.register('Bilal');
  const report = { content_type: 'user', content_id: amina.user.id, reason: 'harassment' };
  const { id } = await on.hearth.call('POST', '/api/v1/moderation/report', { token: bilal.access, body: report });
  const head = await on.hearth.call('POST', '/api/auth/login/', { body: { email: 'head@example.org', password: 'by-the-fire-42' } });
  await on.hearth.call('POST', `/api/v1/moderation/reports/${id}/review`, { token: head.access, body: { action: 'suspend', note: 'Rude again' } });
  const { page, context } = await on.stranger(PHONE);
  await page.goto('/login');
  await page.getByLabel('Username or e-mail').fill(amina.user.username);
  await page.getByLabel('Password').fill('by-the-fire-42');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('heading', { name: 'Your account is suspended' }).waitFor();
  await page.getByText('Rude again').waitFor();
  assert.equal(await widthOverflow(page), 0, 'the page is wider than the screen');
  await shoot(page, 'phone-suspended');
  await page.getByLabel('What speaks against it').fill('It was my brother.');
  await page.getByRole('button', { name: 'Send appeal' }).click();
  await page.getByText('Your appeal is sent.').waitFor();
  await context.close();
});
