// A campaign by mail to 100,000 contacts (or so many as the first argument says) from two nodes over one database, which are killed with SIGKILL in the midst:
// one, then the other, then both at once. Each contact must get at most one mail, and exactly one but for those that are listed as uncertain.
// `make publish && node bench/messaging/campaign.mjs`; a second argument "calm" kills nobody.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const CONTACTS = Number(process.argv[2] ?? 100_000);
const SERVER = fileURLToPath(new URL('../../artifacts/hearth/hearth.dll', import.meta.url));
const HEAD = { email: 'root@example.org', password: 'a long enough password' };
/** At these parts of all mails the nodes of these numbers are killed. */
const KILLS = process.argv[3] === 'calm' ? [] : [
  { at: 0.2, nodes: [0] },
  { at: 0.5, nodes: [1] },
  { at: 0.75, nodes: [0, 1] },
];

/** Takes every mail, and keeps how many each address got. */
class Sink {
  got = new Map();
  taken = 0;
  #server = net.createServer((socket) => this.#talk(socket));

  async listen() {
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    return this.#server.address().port;
  }

  close() {
    this.#server.close();
  }

  #talk(socket) {
    let text = '';
    let to = [];
    let isData = false;
    socket.setNoDelay(true);
    socket.on('error', () => {});
    socket.write('220 sink\r\n');
    socket.on('data', (chunk) => {
      text += chunk.toString('latin1');
      for (;;) {
        const end = text.indexOf(isData ? '\r\n.\r\n' : '\r\n');
        if (end < 0) return;
        const line = text.slice(0, end);
        text = text.slice(end + (isData ? 5 : 2));
        if (isData) {
          for (const address of to) this.got.set(address, (this.got.get(address) ?? 0) + 1);
          this.taken++;
          [to, isData] = [[], false];
          socket.write('250 taken\r\n');
          continue;
        }
        const verb = line.slice(0, 4).toUpperCase();
        if (verb === 'EHLO') socket.write('250-sink\r\n250-PIPELINING\r\n250 8BITMIME\r\n');
        else if (verb === 'QUIT') socket.end('221 bye\r\n');
        else if (verb === 'DATA') [isData] = [true, socket.write('354 go\r\n')];
        else {
          if (verb === 'RCPT') to.push(line.slice(line.indexOf('<') + 1, line.indexOf('>')));
          if (verb === 'MAIL' || verb === 'RSET') to = [];
          socket.write('250 ok\r\n');
        }
      }
    });
  }
}

const folder = await mkdtemp(join(tmpdir(), 'hearth-campaign-'));
await chmod(folder, 0o755);
const sink = new Sink();
const smtp = await sink.listen();
const nodes = [{ port: await freePort() }, { port: await freePort() }];

async function freePort() {
  const server = net.createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  return port;
}

let database = null;

/** The first node brings the database. It outlives the node's death, and is started anew with it: the other one loses it for a moment. */
async function start(n) {
  const settings = {
    HEARTH_ENV: 'development',
    DEMO: 'off',
    HOST: '127.0.0.1',
    PORT: String(nodes[n].port),
    DATA_DIR: join(folder, `node${n}`),
    SMTP_SERVER: '127.0.0.1',
    SMTP_PORT: String(smtp),
    RATE_LIMITS: 'off',
    JWT_SECRET_KEY: 'a secret of this campaign and of nothing else',
    ADMIN_EMAIL: HEAD.email,
    ADMIN_PASSWORD: HEAD.password,
    ...(n > 0 ? { DATABASE_URL: database } : {}),
  };
  const process_ = spawn('dotnet', [SERVER], { env: { ...process.env, ...settings }, stdio: 'ignore' });
  nodes[n].process = process_;
  while ((await fetch(`http://127.0.0.1:${nodes[n].port}/health`).catch(() => null))?.ok !== true) {
    assert.equal(process_.exitCode, null, `node ${n} does not start`);
    await sleep(200);
  }
}

async function whereTheDatabaseIs() {
  const all = await readdir(join(folder, 'node0'), { recursive: true });
  const lines = (await readFile(join(folder, 'node0', all.find((name) => name.endsWith('postmaster.pid'))), 'utf8')).split('\n');
  return `Host=${lines[4]};Port=${lines[3]};Username=hearth;Database=hearth`;
}

async function end(n, signal) {
  const running = nodes[n].process;
  if (running.exitCode !== null || running.signalCode !== null) return;
  const gone = once(running, 'exit');
  running.kill(signal);
  await gone;
}

const sleep = (time) => new Promise((resolve) => setTimeout(resolve, time));

let token = null;
async function call(method, path, body, type = 'application/json') {
  // Whichever node lives.
  for (let patience = 0; ; patience++) {
    for (const { port } of nodes) {
      const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
        method,
        headers: { 'content-type': type, ...(token ? { authorization: `Bearer ${token}` } : {}) },
        body: body === undefined || typeof body === 'string' ? body : JSON.stringify(body),
      }).catch(() => null);
      if (answer === null) continue;
      const text = await answer.text();
      assert.ok(answer.ok, `${path}: ${answer.status} ${text}`);
      return JSON.parse(text);
    }
    assert.ok(patience < 600, 'no node answers');
    await sleep(200);
  }
}

const messaging = async (method, path, body, type) => (await call(method, `/api/messaging/${path}`, body, type)).data;

async function prepare() {
  token = (await call('POST', '/api/auth/login/', HEAD)).access;
  const me = (await call('GET', '/api/auth/me/')).id;
  const tenant = (await call('POST', '/api/admin/tenants', { name: 'The firm' })).id;
  await call('PATCH', `/api/admin/users/${me}`, { tenant_id: tenant });
  await messaging('PATCH', 'settings/', { rate_per_minute: 600_000 });
  const rows = Array.from({ length: CONTACTS }, (_, n) => `Friend ${n},friend${n}@example.org,friends`);
  const since = Date.now();
  const { id } = await messaging('POST', 'contacts/import/', `name,email,tags\n${rows.join('\n')}\n`, 'text/csv');
  while ((await messaging('GET', `contacts/imports/${id}/`)).status === 'running') await sleep(500);
  console.log(`${CONTACTS} contacts imported in ${seconds(since)} s`);
  const template = (await messaging('POST', 'templates/', { name: 'News', category: 'news', language: 'en', channel: 'email', body: 'Hello {{name}}, there is news.' })).id;
  await messaging('POST', `templates/${template}/submit/`, {});
  await messaging('POST', `templates/${template}/approve/`, {});
  return (await messaging('POST', 'campaigns/', { name: 'News', template, channel: 'email', audience: { tags: ['friends'] } })).id;
}

const seconds = (since) => ((Date.now() - since) / 1000).toFixed(1);

async function send(campaign) {
  const since = Date.now();
  await messaging('POST', `campaigns/${campaign}/start/`, {});
  console.log(`started in ${seconds(since)} s`);
  const kills = [...KILLS];
  for (;;) {
    const view = await messaging('GET', `campaigns/${campaign}/`);
    if (view.status === 'completed') {
      console.log(`ended after ${seconds(since)} s: ${view.sent} sent, ${view.uncertain} uncertain`);
      return view;
    }
    assert.ok(Date.now() - since < 3_600_000, `it does not end: ${JSON.stringify(view)}`);
    if (sink.taken >= CONTACTS * (kills[0]?.at ?? 2)) {
      const { nodes: killed } = kills.shift();
      await Promise.all(killed.map((n) => end(n, 'SIGKILL')));
      console.log(`after ${seconds(since)} s and ${sink.taken} mails killed: ${killed.join(' and ')}`);
      await sleep(3_000);
      for (const n of killed) await start(n);
    }
    await sleep(200);
  }
}

/** What the page of receipts says of each contact, beside what it got. */
async function compare(campaign, view) {
  const said = { sent: 0, uncertain: 0 };
  let [query, unsaid] = ['limit=100', new Set(sink.got.keys())];
  while (query) {
    const page = await messaging('GET', `campaigns/${campaign}/receipts/?${query}`);
    for (const { contact, status } of page.results) {
      const address = contact.name.replace('Friend ', 'friend').concat('@example.org');
      const got = sink.got.get(address) ?? 0;
      unsaid.delete(address);
      assert.ok(status === 'sent' ? got === 1 : status === 'uncertain' && got <= 1, `${address} is ${status} and got ${got}`);
      said[status]++;
    }
    query = page.next ? new URL(page.next, 'http://localhost').search.slice(1) : null;
  }
  assert.equal(unsaid.size, 0, 'mails to nobody of the campaign');
  assert.deepEqual(said, { sent: view.sent, uncertain: view.uncertain });
  assert.equal(said.sent + said.uncertain, CONTACTS);
  console.log(`${sink.taken} mails, each contact at most one; ${said.sent} shown as sent got exactly one, of ${said.uncertain} uncertain ${sink.taken - said.sent} got one`);
}

try {
  await start(0);
  database = await whereTheDatabaseIs();
  await start(1);
  const campaign = await prepare();
  await compare(campaign, await send(campaign));
} finally {
  await end(1, 'SIGTERM').catch(() => {});
  // It takes the database with it.
  await end(0, 'SIGTERM').catch(() => {});
  sink.close();
  await rm(folder, { recursive: true, force: true });
}
