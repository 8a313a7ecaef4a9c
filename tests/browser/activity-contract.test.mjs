import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { LONG, stage } from './harness/stage.mjs';

const HEAD = { ADMIN_EMAIL: 'head@example.org', ADMIN_PASSWORD: 'by-the-fire-42' };
const CONTRACT = new URL('../../../shared/contracts/activity.md', import.meta.url);
const PACKAGES = fileURLToPath(new URL('../../web/node_modules/', import.meta.url));

const on = stage(() => HEAD);

/** The contract's own code, as it stands there. */
function snippets(language) {
  const fence = new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\``, 'gms');
  return [...readFileSync(CONTRACT, 'utf8').matchAll(fence)].map(([, code]) => code);
}

/** A tenant at work: two contacts, a campaign that reached one of them. */
async function desk() {
  const call = (method, path, body) => on.hearth.call(method, path, { token: head.access, body });
  const head = await on.hearth.call('POST', '/api/auth/login/', { body: { email: HEAD.ADMIN_EMAIL, password: HEAD.ADMIN_PASSWORD } });
  const tenant = await call('POST', '/api/admin/tenants', { name: 'The firm' });
  await call('PATCH', `/api/admin/users/${head.user.id}`, { tenant_id: tenant.id });
  await call('POST', '/api/messaging/contacts/', { name: 'Sarah Mwangi', phone: '+255700000002', tags: ['friends'] });
  const words = { name: 'Welcome', category: 'onboarding', language: 'sw', channel: 'whatsapp', body: 'Karibu {{first_name}}!' };
  const template = (await call('POST', '/api/messaging/templates/', words)).data.id;
  await call('POST', `/api/messaging/templates/${template}/submit/`);
  await call('POST', `/api/messaging/templates/${template}/approve/`);
  const plan = { name: "Mother's Day Promotion", template, channel: 'sandbox', audience: { tags: ['friends'] } };
  const campaign = (await call('POST', '/api/messaging/campaigns/', plan)).data.id;
  await call('POST', `/api/messaging/campaigns/${campaign}/start/`);
  const until = Date.now() + 60_000;
  while ((await call('GET', `/api/messaging/campaigns/${campaign}/`)).data.status !== 'completed') {
    assert.ok(Date.now() < until, 'the campaign does not end');
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return head.access;
}

/** The React example with the packages that the console has. */
async function dashboard() {
  const { build } = await import(pathToFileURL(join(PACKAGES, 'vite/dist/node/index.js')).href);
  const folder = await mkdtemp(join(tmpdir(), 'hearth-contract-'));
  try {
    await writeFile(join(folder, 'dashboard.jsx'), snippets('jsx')[0]);
    await writeFile(
      join(folder, 'main.jsx'),
      "import { createRoot } from 'react-dom/client';\nimport Dashboard from './dashboard.jsx';\ncreateRoot(document.getElementById('root')).render(<Dashboard />);\n",
    );
    const alias = { react: join(PACKAGES, 'react'), 'react-dom': join(PACKAGES, 'react-dom') };
    const built = await build({
      root: folder,
      configFile: false,
      logLevel: 'silent',
      resolve: { alias },
      build: { write: false, rollupOptions: { input: join(folder, 'main.jsx') } },
    });
    return built.output.find((chunk) => chunk.type === 'chunk').code;
  } finally {
    await rm(folder, { recursive: true });
  }
}

test('The code of the activity contract runs as it stands there', { ...LONG, skip: existsSync(CONTRACT) ? false : 'the contracts are not beside the repository' }, async () => {
  const token = await desk();
  const results = ['{ activities, liveActivities }', '{ metrics, charts }', '{ todayStats, weekStats, monthStats }'];
  const code = snippets('javascript').map((snippet, i) => `${snippet}\nwindow.results[${i}] = ${results[i]};`);
  assert.equal(code.length, 3);
  const scripts = [...code, await dashboard()].map((text) => `<script type="module">${text.replaceAll('</script', '<\\/script')}</script>`);
  const { page, context, problems } = await on.stranger({ serviceWorkers: 'block' });
  await page.route('**/their-page', (route) =>
    route.fulfill({
      contentType: 'text/html; charset=utf-8',
      body: `<!doctype html><html lang="en"><title>Theirs</title><div id="root"></div><script>window.accessToken = ${JSON.stringify(token)}; window.results = [];</script>${scripts.join('')}`,
    }),
  );
  await page.goto('/their-page');

  await page.getByText("System completed campaign Mother's Day Promotion").waitFor();
  await page.getByText('100% delivered').waitFor();
  await page.getByText('Sarah Mwangi added to contacts').waitFor();
  await page.getByText('New contact: +255700000002').waitFor();
  const metric = async (label) => page.locator('.metric', { hasText: label }).locator('.metric-value').textContent();
  assert.deepEqual([await metric('Total Messages'), await metric('Delivery Rate')], ['1', '100%']);

  await page.waitForFunction(() => window.results.length === 3 && window.results[0] && window.results[1]);
  const [recent, performance, statistics] = await page.evaluate(() => window.results);
  assert.equal(recent.activities.data.total_count, recent.activities.data.activities.length);
  assert.equal(recent.liveActivities.length, recent.activities.data.live_count);
  assert.deepEqual([performance.metrics.total_messages, performance.metrics.campaign_success_rate], [1, 100]);
  assert.equal(performance.charts.message_volume.data.at(-1), 1);
  assert.deepEqual([statistics.todayStats.messages_sent, statistics.monthStats.campaigns_launched], [1, 1]);
  assert.deepEqual(problems, []);
  await context.close();
});
