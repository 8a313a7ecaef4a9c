import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { test } from 'node:test';
import { widthOverflow } from './harness/browser.mjs';
import { LONG, stage } from './harness/stage.mjs';

const HEAD = { ADMIN_EMAIL: 'head@example.org', ADMIN_PASSWORD: 'by-the-fire-42' };
const SHOTS = new URL('../../artifacts/screenshots/', import.meta.url);
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

const on = stage(() => HEAD);

/** Somebody who is at work for an organisation of their own, in their browser, and the ids of its contacts. */
async function desk(name, options, ...contacts) {
  const account = await on.register(name);
  const head = await on.hearth.call('POST', '/api/auth/login/', { body: { email: HEAD.ADMIN_EMAIL, password: HEAD.ADMIN_PASSWORD } });
  const tenant = await on.hearth.call('POST', '/api/admin/tenants', { token: head.access, body: { name: 'The firm' } });
  await on.hearth.call('PATCH', `/api/admin/users/${account.user.id}`, { token: head.access, body: { tenant_id: tenant.id } });
  const ids = [];
  for (const body of contacts) ids.push((await on.hearth.call('POST', '/api/messaging/contacts/', { token: account.access, body })).data.id);
  account.user = await on.hearth.call('GET', '/api/auth/me/', { token: account.access });
  return { account, ids, ...(await on.stranger({ account, ...options })) };
}

async function shoot(page, name) {
  await mkdir(SHOTS, { recursive: true });
  await page.screenshot({ path: new URL(`${name}.png`, SHOTS).pathname, fullPage: true });
}

test('A contact is changed, a duplicate is merged into it, and the merge is undone', LONG, async () => {
  const { account, ids, page, context, problems } = await desk(
    'Amina',
    {},
    { name: 'Sarah Mwangi', phone: '+255700000002', tags: ['friends'] },
    { name: 'S. Mwangi', email: 'sarah@example.org' },
    { name: 'Otieno', phone: '+255700000003' },
  );
  const [kept, duplicate] = ids;
  const contact = async (id) => (await on.hearth.call('GET', `/api/messaging/contacts/${id}/`, { token: account.access })).data;

  await page.goto('/messaging/contacts');
  await page.getByRole('link', { name: /Sarah Mwangi/ }).click();
  const form = page.getByRole('form', { name: 'Change the contact' });
  await form.getByLabel('Phone').fill('+255700000003');
  await form.getByRole('button', { name: 'Save' }).click();
  await form.getByText('Another contact has it already.').waitFor();
  await form.getByLabel('Phone').fill('+255700000009');
  await form.getByLabel('Name').fill('Sarah Wanjiru');
  await form.getByLabel('Tags, apart by commas').fill('friends, coffee');
  await form.getByLabel('Gets campaigns').uncheck();
  await form.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { name: 'Sarah Wanjiru' }).waitFor();
  await page.getByText('Opted out').waitFor();
  const { name, phone, tags, opted_out } = await contact(kept);
  assert.deepEqual([name, phone, tags, opted_out], ['Sarah Wanjiru', '+255700000009', ['friends', 'coffee'], true]);

  await page.getByLabel('Find a duplicate').fill('S');
  await page.getByRole('button', { name: 'Merge S. Mwangi' }).click();
  const undo = page.getByRole('button', { name: 'Undo the merge of S. Mwangi' });
  await undo.waitFor();
  assert.equal((await contact(duplicate)).merged_into, kept);
  await shoot(page, 'contact');
  await page.goto(`/messaging/contacts/${duplicate}`);
  await page.getByRole('link', { name: 'another contact' }).click();
  // What the contact lacked, the duplicate lends.
  await page.locator('input[name=email]').waitFor();
  assert.equal(await page.locator('input[name=email]').inputValue(), 'sarah@example.org');
  await undo.click();
  await undo.waitFor({ state: 'detached' });
  assert.equal((await contact(duplicate)).merged_into, null);
  assert.deepEqual(problems, []);
  await context.close();
});

test("A contact's page fits a phone, in the dark too, and tells what was between the two", LONG, async () => {
  const look = { ...PHONE, colorScheme: 'dark' };
  const { account, ids, page, context } = await desk('Otieno', look, { name: `Sarah ${'Mwangi'.repeat(20)}`, phone: '+255700000002', tags: ['friends'] });
  const [id] = ids;
  const call = (path, body) => on.hearth.call('POST', `/api/messaging/${path}`, { token: account.access, body });
  const conversation = (await call('conversations/', { contact: id, subject: 'Coffee', channel: 'sandbox' })).data.id;
  await call(`conversations/${conversation}/messages/`, { body: 'Good morning, the beans are here.' });
  await page.goto(`/messaging/contacts/${id}`);
  await page.getByRole('link', { name: 'Good morning, the beans are here.' }).waitFor();
  assert.equal(await widthOverflow(page), 0);
  await shoot(page, 'contact-phone-dark');
  await page.getByRole('link', { name: 'Good morning, the beans are here.' }).click();
  await page.getByRole('heading', { name: 'Coffee' }).waitFor();
  await context.close();
});
