import assert from 'node:assert/strict';
import { mkdir } from 'node:fs/promises';
import { test } from 'node:test';
import { postCard, untilFeedLive, widthOverflow } from './harness/browser.mjs';
import { LONG, stage } from './harness/stage.mjs';

const on = stage();
const SHOTS = new URL('../../artifacts/screenshots/', import.meta.url);
const PHONE = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };

const LONG_WORD = 'Donaudampfschifffahrtsgesellschaftskapitaensmuetzenabzeichenverleihung'.repeat(2);

async function shoot(page, name) {
  await mkdir(SHOTS, { recursive: true });
  await page.screenshot({ path: new URL(`${name}.png`, SHOTS).pathname });
}

test('On a phone every page fits its width', LONG, async () => {
  const amina = await on.person('Amina', PHONE);
  const token = amina.account.access;
  const post = await on.hearth.call('POST', '/api/ventroom/posts/', {
    token,
    body: { title: LONG_WORD, content: `${LONG_WORD} https://example.org/${LONG_WORD}` },
  });
  await on.hearth.call('POST', `/api/ventroom/posts/${post.id}/comments/`, { token, body: { text: LONG_WORD } });
  const group = await on.hearth.call('POST', '/api/community/groups/', { token, body: { name: LONG_WORD.slice(0, 100), description: LONG_WORD } });
  const pages = {
    '/': () => postCard(amina.page, LONG_WORD).waitFor(),
    [`/posts/${post.id}`]: () => amina.page.getByRole('article', { name: /^Comment by/ }).waitFor(),
    '/groups': () => amina.page.getByRole('button', { name: /^(Join|Leave)/ }).first().waitFor(),
    [`/groups/${group.id}`]: () => amina.page.getByRole('heading', { level: 1 }).waitFor(),
    '/community': () => amina.page.getByRole('heading', { name: 'Community' }).waitFor(),
    '/notifications': () => amina.page.getByRole('heading', { name: 'Notifications' }).waitFor(),
    '/profile': () => postCard(amina.page, LONG_WORD).waitFor(),
    '/profile/history': () => amina.page.getByText('You wrote a post').waitFor(),
    '/bookmarks': () => amina.page.getByRole('heading', { level: 1 }).waitFor(),
    '/notifications/preferences': () => amina.page.getByRole('heading', { name: 'This browser' }).waitFor(),
    [`/people/${amina.account.user.id}`]: () => postCard(amina.page, LONG_WORD).waitFor(),
  };
  for (const [path, shown] of Object.entries(pages)) {
    await amina.page.goto(path);
    await shown();
    assert.equal(await widthOverflow(amina.page), 0, `${path} is wider than the screen`);
    await shoot(amina.page, `phone${path.replaceAll('/', '-')}`);
  }
  await amina.context.close();

  const guest = await on.stranger(PHONE);
  for (const path of ['/login', '/register', '/forgot-password']) {
    await guest.page.goto(path);
    await guest.page.getByRole('heading', { level: 1 }).waitFor();
    assert.equal(await widthOverflow(guest.page), 0, `${path} is wider than the screen`);
  }
  await guest.context.close();
});

test('With the keyboard alone one writes, reacts and comments', LONG, async () => {
  const { context, page } = await on.person('Amina');
  await page.goto('/');
  await untilFeedLive(page);
  await page.keyboard.press('Tab');
  assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Skip to content');
  await tabTo(page, 'Post text');
  await page.keyboard.type('Without a mouse');
  await page.keyboard.press('Control+Enter');
  await postCard(page, 'Without a mouse').waitFor();
  await tabTo(page, 'Like');
  const ring = await page.evaluate(() => getComputedStyle(document.activeElement).outlineStyle);
  assert.equal(ring, 'solid', 'the focus is to be seen');
  await page.keyboard.press('Space');
  await postCard(page, 'Without a mouse').getByRole('button', { name: 'Like, 1', pressed: true }).waitFor();
  await tabTo(page, '0 comments');
  await page.keyboard.press('Enter');
  await page.getByText('No comments yet').waitFor();
  await tabTo(page, 'Write a comment');
  await page.keyboard.type('Nor for this');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('article', { name: 'Comment by Amina' }).getByText('Nor for this').waitFor();
  await context.close();
});

/** Presses Tab until the focus is on what has this name. */
async function tabTo(page, name) {
  const seen = [];
  for (let step = 0; step < 60; step++) {
    const here = await page.evaluate(() => {
      const { activeElement: at } = document;
      return at.getAttribute('aria-label') ?? at.textContent?.trim() ?? '';
    });
    if (here === name) return;
    seen.push(here);
    await page.keyboard.press('Tab');
  }
  assert.fail(`The keyboard does not reach ${name}: ${seen.join(' | ')}`);
}

test('Dark follows the system, and can be chosen for this device', LONG, async () => {
  const { context, page } = await on.person('Amina', { colorScheme: 'dark' });
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  await page.goto('/');
  await untilFeedLive(page);
  const dark = await ground();
  await shoot(page, 'dark');
  await page.getByRole('button', { name: 'Light colours' }).click();
  const light = await ground();
  assert.notEqual(dark, light);
  await page.reload();
  await untilFeedLive(page);
  assert.equal(await ground(), light, 'the choice is kept');
  await shoot(page, 'light');
  await context.close();
});

test('In colours that the system chooses, lengths and choices are to be seen', LONG, async () => {
  const { context, page } = await on.person('Amina', { forcedColors: 'active' });
  await page.goto('/community');
  const tile = page.locator('.tile--health');
  await tile.waitFor();
  const ground = (selector) => page.locator(selector).first().evaluate((element) => getComputedStyle(element).backgroundColor);
  const canvas = await ground('.tile--health');
  assert.notEqual(await ground('.tile--health .h-bar__fill'), canvas);
  assert.notEqual(await ground('.choice input:checked + span'), await ground('.choice input:not(:checked) + span'));
  assert.notEqual(await ground('.place[aria-current]'), await ground('.place:not([aria-current])'));
  await context.close();
});

test('On the narrowest phone no name of a place lies on the next', LONG, async () => {
  const account = await on.register('Amina');
  // Whoever has an organisation has one place more.
  account.user.tenant_id = account.user.id;
  const { context, page } = await on.stranger({ ...PHONE, viewport: { width: 320, height: 700 }, account });
  await page.goto('/community');
  await page.locator('.tile').first().waitFor();
  const words = await page.locator('.place__label, .place__short').evaluateAll((all) =>
    all
      .filter((one) => one.getBoundingClientRect().width > 1)
      .map((one) => {
        const text = document.createRange();
        text.selectNodeContents(one);
        const { left, right } = text.getBoundingClientRect();
        return { left, right };
      }),
  );
  assert.ok(words.length > 0);
  for (const [index, { left }] of words.entries()) {
    assert.ok(index === 0 || left >= words[index - 1].right, JSON.stringify(words));
  }
  await context.close();
});

test('Text stands out from its ground in both palettes', LONG, async () => {
  for (const colorScheme of ['light', 'dark']) {
    const { context, page } = await on.person('Amina', { colorScheme });
    await page.goto('/');
    await untilFeedLive(page);
    const weak = await page.evaluate(contrasts);
    assert.deepEqual(weak, [], colorScheme);
    await context.close();
  }
});

/** Runs in the page: every pair of ink and ground that the styles put together, with those below 4.5 to 1. */
function contrasts() {
  const canvas = document.createElement('canvas').getContext('2d', { willReadFrequently: true });
  const probe = document.body.appendChild(document.createElement('i'));
  const rgb = (token) => {
    probe.style.color = `var(${token})`;
    canvas.fillStyle = getComputedStyle(probe).color;
    canvas.fillRect(0, 0, 1, 1);
    return [...canvas.getImageData(0, 0, 1, 1).data].slice(0, 3);
  };
  const light = (token) =>
    rgb(token)
      .map((value) => value / 255)
      .map((value) => (value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4))
      .reduce((sum, value, index) => sum + value * [0.2126, 0.7152, 0.0722][index], 0);
  const pairs = ['ground', 'surface', 'raised', 'sunken'].flatMap((ground) => ['ink', 'ink-soft', 'ember'].map((ink) => [ink, ground]));
  pairs.push(['on-ember', 'ember'], ['ember-strong', 'ember-wash'], ['moss', 'moss-wash'], ['danger', 'danger-wash'], ['on-danger', 'danger'], ['ink', 'ember-wash']);
  return pairs
    .map(([ink, ground]) => {
      const [high, low] = [light(`--h-${ink}`), light(`--h-${ground}`)].sort((a, b) => b - a);
      return `${ink} on ${ground}: ${((high + 0.05) / (low + 0.05)).toFixed(2)}`;
    })
    .filter((line) => Number(line.split(': ')[1]) < 4.5);
}
