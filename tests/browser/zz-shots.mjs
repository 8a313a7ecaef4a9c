import { launch } from './harness/browser.mjs';
const url = process.argv[2], out = process.argv[3];
const login = async (name) => (await (await fetch(url + '/api/auth/login', { method: 'POST', headers: { 'content-type': 'application/json' }, body: JSON.stringify({ username: name, password: 'hearth-demo' }) })).json());
const b = await launch();
const skills = await (await fetch(url + '/api/v1/social/skills', { headers: { authorization: 'Bearer ' + (await login('amina')).access } })).json();
const sid = (skills.skills ?? skills.results ?? skills.items ?? [])[0]?.id ?? (skills.skills ?? skills.results ?? skills.items ?? [])[0]?.skill_id;
const pages = ['/', '/posts/5', '/activity', '/discover', '/discover/new', ...(sid ? ['/discover/' + sid] : []), '/groups', '/community', '/notifications', '/notifications/preferences', '/profile', '/profile/history', '/profile/interactions', '/profile/privacy', '/moderation', '/bookmarks', '/people/3', '/messaging', '/messaging/inbox', '/messaging/contacts', '/messaging/templates', '/messaging/campaigns', '/operations', '/operations/experiments', '/widgets'];
for (const [kind, options] of Object.entries({ desk: { viewport: { width: 1280, height: 900 } }, phone: { viewport: { width: 375, height: 740 }, isMobile: true, hasTouch: true, colorScheme: 'dark' } })) {
  const c = await b.newContext({ baseURL: url, locale: 'en-GB', reducedMotion: 'reduce', ...options });
  const p = await c.newPage();
  p.on('pageerror', (e) => console.log('ERR', String(e).slice(0, 200)));
  p.on('console', (m) => m.type() === 'error' && console.log(kind, m.text().slice(0, 200)));
  await p.goto('/login');
  await p.screenshot({ path: `${out}/${kind}-login.png` });
  await p.getByLabel(/user|name|e-?mail/i).first().fill('amina');
  await p.locator('input[type=password]').fill('hearth-demo');
  await p.keyboard.press('Enter');
  await p.waitForURL((u) => !u.pathname.includes('login'));
  for (const path of pages) {
    try { await p.goto(path, { timeout: 20000 }); await p.waitForTimeout(2500);
    const over = await p.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    if (over > 0) console.log('WIDE', kind, path, over);
    await p.screenshot({ path: `${out}/${kind}${path.replaceAll('/', '-')}.png`, fullPage: kind === 'desk' ? false : false }); } catch (e) { console.log('FAIL', path, String(e).slice(0, 100)); }
  }
}
await b.close();
