import assert from 'node:assert/strict';
import { test } from 'node:test';
import { postCard } from './harness/browser.mjs';
import { LONG, stage } from './harness/stage.mjs';

const on = stage();

test('A stranger creates an account, posts, signs out and signs in again', LONG, async () => {
  const { context, page, problems } = await on.stranger();
  await page.goto('/');
  await page.getByRole('link', { name: 'Create an account' }).click();
  await page.getByLabel('Username').fill('amina');
  await page.getByLabel('Your name').fill('Amina Wanjiru');
  await page.getByLabel('E-mail').fill('amina@example.net');
  await page.getByLabel('Password').fill('by-the-fire-42');
  await page.getByRole('button', { name: 'Create account' }).click();

  await page.getByLabel('Post text').fill('Hello from the first one here');
  await page.getByRole('button', { name: 'Post', exact: true }).click();
  await postCard(page, 'Hello from the first one here').getByText('Amina Wanjiru').waitFor();

  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Welcome back' }).waitFor();
  await page.getByLabel('Username or e-mail').fill('amina@example.net');
  await page.getByLabel('Password').fill('by-the-fire-42');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await postCard(page, 'Hello from the first one here').waitFor();
  assert.deepEqual(problems, []);
  await context.close();
});

test('A taken name and a wrong password are told beside what is wrong', LONG, async () => {
  await on.hearth.register('taken', 'Taken');
  const { context, page } = await on.stranger();
  await page.goto('/register');
  await page.getByLabel('Username').fill('taken');
  await page.getByLabel('E-mail').fill('another@example.net');
  await page.getByLabel('Password').fill('by-the-fire-42');
  await page.getByRole('button', { name: 'Create account' }).click();
  await page.getByRole('alert').waitFor();
  assert.equal(await page.getByLabel('Username').getAttribute('aria-invalid'), 'true');

  await page.goto('/login');
  await page.getByLabel('Username or e-mail').fill('taken');
  await page.getByLabel('Password').fill('not the password');
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('alert').waitFor();
  await context.close();
});

test('Signing out in one tab signs out the other', LONG, async () => {
  const { context, page } = await on.person('Juma');
  const other = await context.newPage();
  await page.goto('/');
  await other.goto('/groups');
  await other.getByRole('heading', { name: 'Groups' }).waitFor();
  await page.getByRole('button', { name: 'Sign out' }).click();
  await page.getByRole('heading', { name: 'Welcome back' }).waitFor();
  await other.getByRole('heading', { name: 'Welcome back' }).waitFor();
  await context.close();
});

test('Two tabs whose token has ended renew it without losing the session', LONG, async () => {
  const { context, page, account } = await on.person('Lena');
  const other = await context.newPage();
  await page.goto('/');
  await other.goto('/');
  // The access token is spent; the refresh token works once.
  await page.evaluate(() => {
    const session = JSON.parse(localStorage.getItem('hearth:session'));
    localStorage.setItem('hearth:session', JSON.stringify({ ...session, access: 'spent' }));
  });
  await Promise.all([page.reload(), other.reload()]);
  for (const tab of [page, other]) await tab.getByRole('form', { name: 'New post' }).waitFor();
  for (const tab of [page, other]) await tab.locator('section.h-feed[data-live="true"]').waitFor();
  const kept = await page.evaluate(() => JSON.parse(localStorage.getItem('hearth:session')));
  assert.notEqual(kept.access, 'spent');
  assert.notEqual(kept.refresh, account.refresh);
  await context.close();
});

test("What is the server's own is never the console's page", LONG, async () => {
  for (const path of ['/api/nothing', '/api/ventroom/nothing', '/interactions/nothing', '/media/nothing', '/assets/nothing.js']) {
    const response = await fetch(on.hearth.url + path);
    assert.match(String(response.status), /^40[14]$/, path);
    assert.match(response.headers.get('content-type') ?? '', /json/, path);
  }
  const page = await fetch(`${on.hearth.url}/groups`);
  assert.match(page.headers.get('content-type') ?? '', /text\/html/);
  assert.match(page.headers.get('content-security-policy') ?? '', /default-src 'none'/);
});
