import assert from 'node:assert/strict';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { postCard, untilFeedLive, untilPostLive } from './harness/browser.mjs';
import { LONG, stage } from './harness/stage.mjs';

const on = stage();
const PICTURE = fileURLToPath(new URL('./fixtures/embers.png', import.meta.url));

async function write(page, text) {
  await page.getByLabel('Post text').fill(text);
  await page.getByRole('button', { name: 'Post', exact: true }).click();
  await postCard(page, text).waitFor();
}

test('A picture is shown before it is sent, and to the others once it is', LONG, async () => {
  const amina = await on.person('Amina');
  const juma = await on.person('Juma');
  await Promise.all([amina.page.goto('/'), juma.page.goto('/')]);
  await untilFeedLive(juma.page);

  await amina.page.getByLabel('Post text').fill('Embers at midnight');
  await amina.page.locator('input[type=file]').first().setInputFiles(PICTURE);
  await amina.page.getByRole('img', { name: 'Preview of embers.png' }).waitFor();
  await amina.page.getByRole('button', { name: 'Post', exact: true }).click();

  for (const { page } of [amina, juma]) {
    const picture = postCard(page, 'Embers at midnight').locator('img.h-media');
    await picture.waitFor();
    await page.waitForFunction((img) => img.complete && img.naturalWidth === 320, await picture.elementHandle());
  }
  assert.deepEqual([...amina.problems, ...juma.problems], []);
  await Promise.all([amina.context.close(), juma.context.close()]);
});

test('Two people at once: post, comment, reply, reaction and view arrive as they happen', LONG, async () => {
  const amina = await on.person('Amina');
  const juma = await on.person('Juma');
  await Promise.all([amina.page.goto('/'), juma.page.goto('/')]);
  await Promise.all([untilFeedLive(amina.page), untilFeedLive(juma.page)]);
  const text = 'Is anybody else awake?';
  await write(amina.page, text);
  await untilPostLive(juma.page, text);
  await untilPostLive(amina.page, text);
  const [hers, his] = [postCard(amina.page, text), postCard(juma.page, text)];

  // It was seen on both screens, and both count it.
  await hers.getByTitle(/^[1-9] views?, seen by you/).waitFor();
  await his.getByTitle(/^[1-9] views?, seen by you/).waitFor();

  await his.getByRole('button', { name: 'Love' }).click();
  await hers.getByRole('button', { name: 'Love, 1' }).waitFor();
  assert.equal(await hers.getByRole('button', { name: 'Love, 1' }).getAttribute('aria-pressed'), 'false');
  await his.getByRole('button', { name: 'Haha' }).click();
  await hers.getByRole('button', { name: 'Haha, 1' }).waitFor();
  await his.getByRole('button', { name: 'Haha, 1' }).click();
  await hers.getByRole('button', { name: 'Haha', exact: true }).waitFor();

  await hers.getByRole('button', { name: '0 comments' }).click();
  await his.getByRole('button', { name: '0 comments' }).click();
  await hers.getByText('No comments yet').waitFor();
  await his.getByLabel('Write a comment').last().fill('I am. @amina the kettle is on');
  await his.getByRole('button', { name: 'Send' }).click();
  await hers.getByText('the kettle is on').waitFor();
  await hers.getByRole('button', { name: '1 comment' }).waitFor();

  await hers.getByRole('button', { name: 'Reply' }).click();
  await hers.getByLabel('Reply to Juma').last().fill('On my way');
  await hers.getByLabel('Reply to Juma').last().press('Control+Enter');
  await his.getByText('On my way').waitFor();
  await his.getByRole('button', { name: '2 comments' }).waitFor();
  assert.equal(await his.getByRole('article', { name: /^Comment by/ }).count(), 2);

  await hers.getByRole('button', { name: 'Edit this post' }).click();
  const edit = amina.page.getByRole('form', { name: 'Edit' });
  await edit.getByLabel('Text', { exact: true }).fill('Is anybody else still awake?');
  await edit.getByRole('button', { name: 'Save' }).click();
  await postCard(juma.page, 'still awake?').waitFor();

  await postCard(amina.page, 'still awake?').getByRole('button', { name: 'Delete this post' }).click();
  await postCard(amina.page, 'still awake?').getByRole('button', { name: 'Delete', exact: true }).click();
  await postCard(juma.page, 'still awake?').waitFor({ state: 'detached' });
  assert.deepEqual([...amina.problems, ...juma.problems], []);
  await Promise.all([amina.context.close(), juma.context.close()]);
});

test('A post of its own page has its comments, and its author may delete one', LONG, async () => {
  const amina = await on.person('Amina');
  const post = await on.hearth.call('POST', '/api/ventroom/posts/', {
    token: amina.account.access,
    body: { title: 'On bread', content: 'The dough tells you.' },
  });
  await amina.page.goto('/');
  await amina.page.getByRole('link', { name: 'On bread' }).first().click();
  await amina.page.waitForURL(`**/posts/${post.id}`);
  await amina.page.getByLabel('Write a comment').last().fill('It took me eleven years');
  await amina.page.getByRole('button', { name: 'Send' }).click();
  const comment = amina.page.getByRole('article', { name: 'Comment by Amina' });
  await comment.getByRole('button', { name: 'Delete this comment' }).click();
  await comment.getByRole('button', { name: 'Delete', exact: true }).click();
  await amina.page.getByText('No comments yet').waitFor();
  await amina.context.close();
});

test('A refused action is taken back, and its reason is told', LONG, async () => {
  const amina = await on.person('Amina');
  const post = await on.hearth.call('POST', '/api/ventroom/posts/', { token: amina.account.access, body: { content: 'Soon gone' } });
  await amina.page.goto('/');
  const card = postCard(amina.page, 'Soon gone');
  await card.waitFor();
  await amina.page.route('**/api/ventroom/reactions/**', (route) =>
    route.fulfill({ status: 429, contentType: 'application/json', body: '{"detail":"Request was throttled. Expected available in 45 seconds."}' }),
  );
  await card.getByRole('button', { name: 'Like' }).click();
  await amina.page.getByText('Request was throttled').waitFor();
  await card.getByRole('button', { name: 'Like', exact: true }).waitFor();
  assert.equal(await card.getByRole('button', { name: 'Like', exact: true }).getAttribute('aria-pressed'), 'false');
  assert.ok(post.id > 0);
  await amina.context.close();
});

test('The link of a mail shows the comment that it is about, on whichever page of them it is', LONG, async () => {
  const juma = await on.register('Juma');
  const amina = await on.person('Amina', { viewport: { width: 390, height: 700 } });
  const call = (path, body) => on.hearth.call('POST', path, { token: juma.access, body });
  const post = await call('/api/ventroom/posts/', { content: 'A long evening' });
  const say = (text, parent = null) => call(`/api/ventroom/posts/${post.id}/comments/`, { text, parent });
  const first = await say('The first word');
  const answers = [];
  for (let n = 1; n <= 5; n++) answers.push(await say(`Answer number ${n}`, first.id));
  for (let n = 1; n <= 45; n++) await say(`Word number ${n}`);
  await amina.page.goto(`/posts/${post.id}#comment-${answers[4].id}`);
  const named = amina.page.locator('.h-comment--named');
  await named.getByText('Answer number 5', { exact: true }).waitFor();
  await amina.page.waitForFunction((place) => {
    const { top, bottom } = place.getBoundingClientRect();
    return top >= 0 && bottom <= window.innerHeight;
  }, await named.elementHandle());
  assert.deepEqual(amina.problems, []);
  await amina.context.close();
});
