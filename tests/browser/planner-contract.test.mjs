import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { LONG, stage } from './harness/stage.mjs';

const CONTRACT = new URL('../../../shared/contracts/planner.md', import.meta.url);
const CLIENT = readFileSync(new URL('../Hearth.SocketIO.Tests/clients/node_modules/socket.io-client/dist/socket.io.min.js', import.meta.url), 'utf8');

const on = stage();

/** The contract's own code for browsers, as it stands there. */
function snippets() {
  return [...readFileSync(CONTRACT, 'utf8').matchAll(/^```javascript\n(.*?)^```/gms)].map(([, code]) => code);
}

test('The code of the planner contract hears what happens, as it stands there', { ...LONG, skip: existsSync(CONTRACT) ? false : 'the contracts are not beside the repository' }, async () => {
  const [amina, bilal] = [await on.register('Amina'), await on.register('Bilal')];
  const call = (who, method, path, body) => on.hearth.call(method, path, { token: who.access, body });
  const skill = await call(amina, 'POST', '/api/v1/social/skills', { title: 'Sourdough' });
  assert.equal(snippets().length, 1);
  // It leaves open whose page it is: the address, the token and the two ids are this page's.
  const code = snippets()[0].replace("'your_user_id'", JSON.stringify(amina.user.id)).replace("'skill_id'", JSON.stringify(skill.id));
  const theirs = `window.io = ((connect) => (address) => connect(address.replace('http://localhost:8080', location.origin), { auth: { token: ${JSON.stringify(amina.access)} } }))(window.io);`;
  const { page, context, problems } = await on.stranger({ serviceWorkers: 'block' });
  await page.route('**/their-page', (route) =>
    route.fulfill({
      contentType: 'text/html; charset=utf-8',
      body: `<!doctype html><html lang="en"><title>Theirs</title>${[CLIENT, theirs, code].map((text) => `<script>${text.replaceAll('</script', '<\\/script')}</script>`).join('')}`,
    }),
  );
  const logged = (text) => page.waitForEvent('console', (message) => message.text().startsWith(text)).then(async (message) => message.args()[1].jsonValue());
  await page.goto('/their-page');
  // What one socket sends is done in its order: once this is answered, the rooms are joined.
  assert.deepEqual(await page.evaluate(({ id }) => socket.emitWithAck('join_skill_room', { skill_id: id }), skill), { ok: true });

  const heard = Promise.all([logged('New notification:'), logged('Skill update:')]);
  await call(bilal, 'POST', `/api/v1/social/skills/${skill.id}/like`);

  const [notification, update] = await heard;
  assert.match(JSON.stringify(notification), /Bilal/);
  assert.deepEqual([update.skill_id, update.likes], [skill.id, 1]);
  assert.deepEqual(problems, []);
  await context.close();
});
