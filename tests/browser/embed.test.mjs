import assert from 'node:assert/strict';
import { once } from 'node:events';
import { createServer } from 'node:http';
import { after, test } from 'node:test';
import { LONG, stage } from './harness/stage.mjs';

/** Another site: a page of its own origin, which Hearth is told to answer. */
let html = '';
const site = createServer((request, response) => {
  response.setHeader('Content-Type', 'text/html; charset=utf-8');
  response.end(request.url === '/' ? html : '');
});
let origin = '';

const on = stage(async () => {
  site.listen(0, '127.0.0.1');
  await once(site, 'listening');
  origin = `http://127.0.0.1:${site.address().port}`;
  return { CORS_ORIGINS: origin };
});

after(() => site.close());

function pageWith({ token, body }) {
  return `<!doctype html><html lang="en"><title>A blog</title><style>button { display: none !important }</style>
    <script src="${on.hearth.url}/embed/hearth.js"></script>
    <script>hearth.signIn(() => ${JSON.stringify(token)})</script>
    ${body}</html>`;
}

test("Another site's page shows the community by elements, live and untouched by its styles", LONG, async () => {
  const amina = await on.register('Amina');
  const juma = await on.register('Juma');
  const { id } = await on.hearth.call('POST', '/api/ventroom/posts/', {
    token: amina.access,
    body: { title: 'Elsewhere', content: 'Seen from a blog' },
  });
  html = pageWith({ token: juma.access, body: `<hearth-feed></hearth-feed><hearth-post post-id="${id}"></hearth-post>` });
  const { context, page, problems } = await on.stranger();
  await page.goto(origin);
  const feed = page.locator('hearth-feed');
  await feed.locator('article.h-post[data-live="true"]', { hasText: 'Seen from a blog' }).waitFor();
  await page.locator('hearth-post').getByText('No comments yet').waitFor();

  await feed.getByRole('button', { name: 'Like' }).click();
  // One live state behind all elements of a page.
  await page.locator('hearth-post').getByRole('button', { name: 'Like, 1', pressed: true }).waitFor();
  await on.hearth.call('POST', `/api/ventroom/posts/${id}/comments/`, { token: amina.access, body: { text: 'Welcome over' } });
  await page.locator('hearth-post').getByText('Welcome over').waitFor();
  assert.deepEqual(problems, []);
  await context.close();
});

test('An element follows its attributes, and leaves with its page', LONG, async () => {
  const amina = await on.register('Amina');
  const first = await on.hearth.call('POST', '/api/ventroom/posts/', { token: amina.access, body: { content: 'The first one' } });
  const second = await on.hearth.call('POST', '/api/ventroom/posts/', { token: amina.access, body: { content: 'The second one' } });
  html = pageWith({ token: amina.access, body: `<hearth-post post-id="${first.id}" theme="dark"></hearth-post>` });
  const { context, page } = await on.stranger();
  await page.goto(origin);
  const post = page.locator('hearth-post');
  await post.getByText('The first one').waitFor();
  await post.evaluate((element, id) => element.setAttribute('post-id', id), String(second.id));
  await post.getByText('The second one').waitFor();
  await post.evaluate((element) => element.remove());
  await page.locator('hearth-post').waitFor({ state: 'detached' });
  await context.close();
});

test('A skill, its author to follow, and what people do stand on another page, too', LONG, async () => {
  const lena = await on.register('Lena');
  const juma = await on.register('Juma');
  const skill = await on.hearth.call('POST', '/api/v1/social/skills', { token: lena.access, body: { title: 'Knots that hold' } });
  const body = `<hearth-skill skill-id="${skill.id}"></hearth-skill><hearth-follow user-id="${lena.user.id}"></hearth-follow>
    <hearth-trending-posts></hearth-trending-posts><hearth-activity feed="global"></hearth-activity>`;
  html = pageWith({ token: juma.access, body });
  const { context, page, problems } = await on.stranger();
  await page.goto(origin);
  await page.locator('hearth-skill').getByRole('button', { name: 'Like' }).click();
  await page.locator('hearth-skill').getByRole('button', { name: 'Like, 1', pressed: true }).waitFor();
  await page.locator('hearth-follow').getByRole('button', { name: 'Follow' }).click();
  await page.locator('hearth-follow').getByRole('button', { name: 'Following', pressed: true }).waitFor();
  await page.locator('hearth-activity').getByText('Knots that hold').first().waitFor();
  await page.locator('hearth-trending-posts').locator('ol, p').first().waitFor();
  assert.deepEqual(problems, []);
  await context.close();
});

test("A page's text styles do not reach into an element, its ground carries our inks, and beside a name it stands in the line", LONG, async () => {
  const amina = await on.register('Amina');
  const juma = await on.register('Juma');
  const { id } = await on.hearth.call('POST', '/api/ventroom/posts/', { token: amina.access, body: { content: 'Likes lead to mails' } });
  await on.hearth.call('POST', `/api/ventroom/posts/${id}/comments/`, { token: juma.access, body: { text: 'They do' } });
  const style = 'body { background: white; color: rgb(1, 2, 3); text-transform: uppercase; line-height: 4; white-space: pre }';
  const reputation = `<hearth-reputation user-id="${amina.user.user_id}" inline></hearth-reputation>`;
  html = pageWith({ token: amina.access, body: `<style>${style}</style><p>Amina ${reputation}</p><hearth-notifications></hearth-notifications>` });
  const { context, page } = await on.stranger({ colorScheme: 'dark' });
  await page.goto(origin);
  const news = page.locator('hearth-notifications');
  await news.getByText('commented on your post').waitFor();
  const looks = (locator) =>
    locator.evaluate((element) => {
      const { color, textTransform, whiteSpace } = getComputedStyle(element);
      return { color, textTransform, whiteSpace };
    });
  const text = await looks(news.locator('.h-notification'));
  assert.deepEqual([text.textTransform, text.whiteSpace], ['none', 'normal']);
  const ground = await news.locator('.h-embed').evaluate((element) => getComputedStyle(element).backgroundColor);
  assert.notEqual(ground, 'rgba(0, 0, 0, 0)');
  await news.getByRole('button', { name: 'Mark all as read' }).focus();
  await page.keyboard.press('Tab');
  const ring = await news.evaluate((element) => getComputedStyle(element.shadowRoot.activeElement).outlineStyle);
  assert.equal(ring, 'solid', 'the focus is to be seen');

  const beside = page.locator('hearth-reputation').locator('.h-reputation');
  assert.equal((await looks(beside)).color, 'rgb(1, 2, 3)', "the page's own ink");
  const line = await page.locator('p').evaluate((element) => element.getClientRects()[0].height / 2);
  const element = await page.locator('hearth-reputation').boundingBox();
  assert.ok(element.height < line * 2 && element.x > 40, 'it stands after the name');
  await context.close();
});
