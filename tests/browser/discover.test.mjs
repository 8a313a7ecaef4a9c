import assert from 'node:assert/strict';
import { test } from 'node:test';
import { widthOverflow } from './harness/browser.mjs';
import { LONG, stage } from './harness/stage.mjs';

const on = stage();
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

/** A skill's card in a list. */
const card = (page, title) => page.getByRole('article', { name: title });

const share = (account, skill) => on.hearth.call('POST', '/api/v1/social/skills', { token: account.access, body: skill });

test('A skill is shared, found by a mistyped word, liked, rated, talked about, and its author is led back to it', LONG, async () => {
  const lena = await on.person('Lena');
  await lena.page.goto('/');
  await lena.page.getByRole('link', { name: 'Discover' }).click();
  await lena.page.getByRole('link', { name: 'Share a skill' }).click();
  await lena.page.getByLabel('Title').fill('Sourdough in seven days');
  await lena.page.getByLabel('What is it, and for whom?').fill('A jar, flour, water, and you.');
  await lena.page.getByLabel('Category').fill('baking');
  await lena.page.getByRole('button', { name: 'Add a day' }).click();
  await lena.page.getByLabel('What it is about').fill('Begin');
  await lena.page.getByLabel('Tasks, one a line').fill('Mix flour and water\nWait');
  await lena.page.getByRole('button', { name: 'Share it' }).click();
  await lena.page.getByRole('heading', { name: 'Sourdough in seven days', level: 1 }).waitFor();
  await lena.page.getByText('Mix flour and water').waitFor();

  const juma = await on.person('Juma');
  await juma.page.goto('/discover');
  await juma.page.getByLabel('Search skills').fill('sourdogh');
  await juma.page.getByLabel('Search skills').press('Enter');
  await juma.page.getByLabel('Difficulty').selectOption('beginner');
  await juma.page.waitForURL(/q=sourdogh&difficulty=beginner|difficulty=beginner&q=sourdogh/);
  await card(juma.page, 'Sourdough in seven days').getByRole('button', { name: 'Like' }).click();
  await card(juma.page, 'Sourdough in seven days').getByRole('button', { name: 'Like, 1', pressed: true }).waitFor();
  await juma.page.getByRole('link', { name: 'Sourdough in seven days' }).first().click();
  await juma.page.getByRole('heading', { name: 'Sourdough in seven days', level: 1 }).waitFor();
  await juma.page.getByRole('radio', { name: '5 stars' }).check({ force: true });
  await juma.page.getByRole('button', { name: 'Rate', exact: true }).click();
  await juma.page.getByText('Rated 5.0 of 5 by 1').first().waitFor({ state: 'attached' });
  await juma.page.getByRole('textbox', { name: 'Write a comment' }).fill('Mine rose!');
  await juma.page.getByRole('button', { name: 'Send', exact: true }).click();
  await juma.page.getByRole('article', { name: 'Comment by Juma' }).getByText('Mine rose!').waitFor();
  await juma.page.getByRole('button', { name: 'Propose a task' }).click();
  await juma.page.getByLabel('What to do').fill('Name the jar');
  await juma.page.getByRole('button', { name: 'Propose it' }).click();
  await juma.page.getByRole('button', { name: 'Vote for it', pressed: false }).click();
  await juma.page.getByRole('button', { name: 'Vote for it', pressed: true }).waitFor();
  const download = juma.page.waitForEvent('download');
  await juma.page.getByRole('button', { name: /^Download/ }).click();
  assert.equal((await download).suggestedFilename(), 'sourdough-in-seven-days.md');

  await lena.page.goto('/notifications');
  await lena.page.getByRole('link', { name: /commented on your skill/ }).click();
  await lena.page.getByRole('heading', { name: 'Sourdough in seven days', level: 1 }).waitFor();
  await lena.page.getByRole('article', { name: 'Comment by Juma' }).getByRole('button', { name: 'Reply' }).click();
  await lena.page.getByRole('textbox', { name: 'Reply to Juma' }).fill('Show me.');
  await lena.page.getByRole('textbox', { name: 'Reply to Juma' }).press('Control+Enter');
  await lena.page.getByRole('article', { name: 'Comment by Lena' }).getByText('Show me.').waitFor();
  assert.deepEqual([...lena.problems, ...juma.problems], []);
  await lena.context.close();
  await juma.context.close();
});

test('An author changes a skill, and takes it back for good', LONG, async () => {
  const lena = await on.person('Lena');
  const skill = await share(lena.account, { title: 'Knots', category: 'ropes', visibility: 'private', days: [{ day: 3, title: 'Bowline', tasks: ['Tie it'] }] });
  await lena.page.goto('/discover?mine=true');
  await card(lena.page, 'Knots').getByText('only for you').waitFor();
  await lena.page.goto(`/discover/${skill.id}`);
  await lena.page.getByRole('link', { name: 'Edit' }).click();
  await lena.page.getByLabel('Title').fill('Knots that hold');
  await lena.page.getByLabel('Who sees it').selectOption('public');
  await lena.page.getByRole('button', { name: 'Save' }).click();
  await lena.page.getByRole('heading', { name: 'Knots that hold', level: 1 }).waitFor();
  const now = await on.hearth.call('GET', `/api/v1/social/skills/${skill.id}`, { token: lena.account.access });
  assert.deepEqual([now.visibility, now.days], ['public', skill.days]);

  const juma = await on.person('Juma');
  await juma.page.goto(`/discover/${skill.id}`);
  await juma.page.getByRole('button', { name: 'Report' }).click();
  await juma.page.getByRole('button', { name: 'Send the report' }).click();
  await juma.page.getByText('A moderator will look at it.').waitFor();

  await lena.page.getByRole('button', { name: 'Delete this skill' }).click();
  await lena.page.getByRole('button', { name: 'Delete for good' }).click();
  await lena.page.getByRole('heading', { name: 'Discover', level: 1 }).waitFor();
  await juma.page.reload();
  await juma.page.getByText('No skill to see here').waitFor();
  assert.deepEqual([...lena.problems, ...juma.problems], []);
  await lena.context.close();
  await juma.context.close();
});

test('An address leads to a comment far down, and what others do shows at once', LONG, async () => {
  const [lena, juma] = [await on.person('Lena'), await on.register('Juma')];
  const skill = await share(lena.account, { title: 'Soap from ashes', category: 'making' });
  const path = `/api/v1/social/skills/${skill.id}`;
  const say = (text, parent = null) => on.hearth.call('POST', `${path}/comments`, { token: juma.access, body: { text, parent } });
  const first = await say('Where do you get lye?');
  const answers = [];
  for (let n = 0; n < 5; n++) answers.push(await say(`Answer ${n}`, first.id));
  for (let n = 0; n < 25; n++) await say(`Remark ${n}`);

  const { page } = lena;
  const joined = page
    .waitForEvent('websocket', (socket) => socket.url().includes('/socket.io/'))
    .then((socket) => socket.waitForEvent('framereceived', ({ payload }) => /^43.*true/.test(String(payload))));
  await page.goto(`/discover/${skill.id}#comment-${answers[4].id}`);
  const named = page.locator('.h-comment--named', { hasText: 'Answer 4' });
  await named.waitFor();
  await page.waitForFunction((one) => {
    const { top, bottom } = one.getBoundingClientRect();
    return top >= 0 && bottom <= window.innerHeight;
  }, await named.elementHandle());
  await page.getByText('Where do you get lye?').waitFor();
  await page.getByRole('button', { name: 'Show newer comments' }).click();
  await page.getByText('Remark 0', { exact: true }).waitFor();

  await joined;
  // The news alone tells the figures.
  await page.route((url) => url.pathname === path, (route) => (route.request().method() === 'GET' ? route.abort() : route.continue()));
  await on.hearth.call('POST', `${path}/like`, { token: juma.access });
  await page.getByRole('button', { name: 'Like, 1' }).waitFor();
  await say('And how hot?', first.id);
  await page.getByRole('article', { name: 'Comment by Juma' }).getByText('And how hot?').waitFor();
  assert.deepEqual(lena.problems, []);
  await lena.context.close();
});

test('On a phone the pages of skills fit its width', LONG, async () => {
  const amina = await on.person('Amina', PHONE);
  const word = 'Donaudampfschifffahrtsgesellschaft'.repeat(3);
  const skill = await share(amina.account, { title: word, description: word, category: word.slice(0, 50), tags: [word.slice(0, 40)], days: [{ day: 1, title: word, tasks: [word] }] });
  await on.hearth.call('POST', `/api/v1/social/skills/${skill.id}/comments`, { token: amina.account.access, body: { text: word } });
  await on.hearth.call('POST', `/api/v1/social/skills/${skill.id}/tasks`, { token: amina.account.access, body: { day: 1, title: word } });
  const pages = {
    '/activity?feed=global': () => amina.page.getByText('shared the skill').first().waitFor(),
    '/discover': () => amina.page.getByRole('link', { name: new RegExp(`^${word.slice(0, 50)}`) }).first().waitFor(),
    [`/discover?category=${word.slice(0, 50)}`]: () => card(amina.page, word).waitFor(),
    [`/discover/${skill.id}`]: () => amina.page.getByRole('button', { name: 'Vote for it' }).waitFor(),
    [`/discover/${skill.id}/edit`]: () => amina.page.getByRole('button', { name: 'Save' }).waitFor(),
  };
  for (const [path, shown] of Object.entries(pages)) {
    await amina.page.goto(path);
    await shown();
    assert.equal(await widthOverflow(amina.page), 0, `${path} is wider than the screen`);
  }
  assert.deepEqual(amina.problems, []);
  await amina.context.close();
});
