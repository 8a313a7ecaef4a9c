import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { freePort } from './harness/hearth.mjs';
import { LONG, stage } from './harness/stage.mjs';

const ECHO = fileURLToPath(new URL('../../samples/SocketIoEcho/bin/Release/net10.0/SocketIoEcho.dll', import.meta.url));
const CLIENT = readFileSync(new URL('../Hearth.SocketIO.Tests/clients/node_modules/socket.io-client/dist/socket.io.min.js', import.meta.url));

/** A page of another origin with nothing but npm's client, as its build for browsers. */
const site = createServer((request, response) => {
  const script = request.url === '/socket.io.js';
  response.setHeader('Content-Type', script ? 'text/javascript' : 'text/html; charset=utf-8');
  response.end(script ? CLIENT : '<!doctype html><html lang="en"><title>A page</title><script src="/socket.io.js"></script></html>');
});
let origin = '';
let echo = null;
let echoUrl = '';

const on = stage(async () => {
  site.listen(0, '127.0.0.1');
  await once(site, 'listening');
  origin = `http://127.0.0.1:${site.address().port}`;
  return { CORS_ORIGINS: origin };
});

before(async () => {
  const port = await freePort();
  echoUrl = `http://localhost:${port}`;
  echo = spawn('dotnet', [ECHO], {
    stdio: 'ignore',
    env: { ...process.env, PORT: String(port), PING_INTERVAL: '2000', PING_TIMEOUT: '60000', CONNECT_TIMEOUT: '60000', RECOVERY: '120000' },
  });
  const until = Date.now() + LONG.timeout;
  while ((await fetch(`${echoUrl}/socket.io/?EIO=4&transport=polling`).catch(() => null)) === null) {
    if (Date.now() > until || echo.exitCode !== null) throw new Error('The echo did not start.');
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}, LONG);

after(() => {
  site.close();
  echo?.kill();
});

async function blank() {
  const { context, page, problems } = await on.stranger();
  await page.goto(origin);
  await page.evaluate(() => {
    window.next = (emitter, event) => new Promise((resolve) => emitter.once(event, (...args) => resolve(args)));
  });
  return { context, page, problems };
}

const KINDS = { polling: { transports: ['polling'] }, websocket: { transports: ['websocket'] }, upgrade: {} };

for (const [kind, options] of Object.entries(KINDS)) {
  test(`A browser's client talks, ${kind}`, LONG, async () => {
    const { context, page, problems } = await blank();
    const seen = await page.evaluate(
      async ({ url, options, kind }) => {
        const socket = io(url, { ...options, forceNew: true, auth: { who: 'amina' } });
        const [auth] = await next(socket, 'auth');
        const back = next(socket, 'message-back');
        socket.emit('message', 'zwei', { deep: [null, 1.5, '😀'] }, new Uint8Array([1, 2, 3]));
        const [text, object, bytes] = await back;
        const answer = await socket.emitWithAck('message-with-ack', 'answer');
        const { engine } = socket.io;
        if (kind === 'upgrade' && engine.transport.name !== 'websocket') await next(engine, 'upgrade');
        const again = await socket.emitWithAck('message-with-ack', 'y'.repeat(200_000));
        const transport = engine.transport.name;
        socket.close();
        return { auth, text, object, bytes: [...new Uint8Array(bytes)], answer, again: again.length, transport };
      },
      { url: echoUrl, options, kind },
    );
    assert.deepEqual(seen, {
      auth: { who: 'amina' },
      text: 'zwei',
      object: { deep: [null, 1.5, '😀'] },
      bytes: [1, 2, 3],
      answer: 'answer',
      again: 200_000,
      transport: kind === 'upgrade' ? 'websocket' : kind,
    });
    assert.deepEqual(problems, []);
    await context.close();
  });
}

test("A browser's client has two namespaces on one connection, and is told of one that is not there", LONG, async () => {
  const { context, page } = await blank();
  const seen = await page.evaluate(async (url) => {
    const main = io(url, { auth: { token: 1 } });
    const custom = io(`${url}/custom`, { auth: { token: 7 } });
    const auths = await Promise.all([next(main, 'auth'), next(custom, 'auth')]);
    const nowhere = io(`${url}/nowhere`);
    const [error] = await next(nowhere, 'connect_error');
    const result = { auths: auths.map(([auth]) => auth), shared: main.io === custom.io, ids: main.id !== custom.id, error: error.message };
    for (const socket of [main, custom, nowhere]) socket.close();
    return result;
  }, echoUrl);
  assert.deepEqual(seen, { auths: [{ token: 1 }, { token: 7 }], shared: true, ids: true, error: 'Invalid namespace' });
  await context.close();
});

test("A browser's client that loses its connection comes back as who it was", LONG, async () => {
  const { context, page } = await blank();
  const seen = await page.evaluate(async (url) => {
    const socket = io(url, { transports: ['websocket'], reconnectionDelay: 50, reconnectionDelayMax: 200 });
    await next(socket, 'auth');
    const before = socket.id;
    // An event gives the client the offset from which it goes on.
    await socket.emitWithAck('message-with-ack', 1);
    const lost = next(socket, 'disconnect');
    const back = next(socket, 'connect');
    socket.io.engine.transport.ws.close();
    const [reason] = await lost;
    await back;
    const result = { reason, recovered: socket.recovered, same: socket.id === before, answer: await socket.emitWithAck('message-with-ack', 'still here') };
    socket.close();
    return result;
  }, echoUrl);
  assert.deepEqual(seen, { reason: 'transport close', recovered: true, same: true, answer: 'still here' });
  await context.close();
});

test("The contract's own lines hear of what happens, and strangers hear why not", LONG, async () => {
  const amina = await on.register('Amina');
  const juma = await on.register('Juma');
  const skill = await on.hearth.call('POST', '/api/v1/social/skills', {
    token: amina.access,
    body: {
      title: 'Bread in three days',
      description: 'Flour, water, salt.',
      category: 'Cooking',
      difficulty: 'beginner',
      tags: ['bread'],
      visibility: 'public',
      days: [{ day: 1, title: 'Dough', tasks: ['Knead'] }],
    },
  });
  const { context, page, problems } = await blank();
  const refused = await page.evaluate(async (url) => {
    const socket = io(url, { forceNew: true });
    const [error] = await next(socket, 'connect_error');
    socket.close();
    return error.message;
  }, on.hearth.url);
  assert.equal(refused, 'Unauthorized');

  await page.evaluate(
    async ({ url, token, user, skill }) => {
      const socket = io(url, { auth: { token } });
      window.heard = { notifications: [], skills: [] };
      await next(socket, 'connect');
      socket.emit('join_personal_room', { user_id: user });
      socket.on('personal_notification', (data) => window.heard.notifications.push(data));
      socket.on('skill_update', (data) => window.heard.skills.push(data));
      window.joined = await socket.emitWithAck('join_skill_room', { skill_id: skill });
    },
    { url: on.hearth.url, token: amina.access, user: amina.user.id, skill: skill.id },
  );
  assert.equal((await page.evaluate(() => window.joined)).ok, true);
  await on.hearth.call('POST', `/api/v1/social/skills/${skill.id}/like`, { token: juma.access });
  await page.waitForFunction(() => window.heard.skills.length > 0 && window.heard.notifications.length > 0);
  assert.deepEqual(problems, []);
  await context.close();
});
