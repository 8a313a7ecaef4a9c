import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = fileURLToPath(new URL('../../..', import.meta.url));
const BUILT = join(ROOT, 'src/Hearth/bin/Release/net10.0/hearth.dll');
const PATIENCE = 300_000;

/** A Hearth of the tests' own: its own data directory, its own PostgreSQL, a free port, and limits off. */
export class Hearth {
  #process = null;
  #log = '';

  constructor(folder, port, settings) {
    this.folder = folder;
    this.port = port;
    this.settings = settings;
    this.url = `http://127.0.0.1:${port}`;
  }

  /** Starts one; `settings` are variables of its environment. */
  static async start(settings = {}) {
    const dll = process.env.HEARTH_DLL ?? BUILT;
    if (!existsSync(dll)) throw new Error(`No server to test: ${dll} is missing. Build it, or name one by HEARTH_DLL.`);
    const folder = await mkdtemp(join(tmpdir(), 'hearth-browser-'));
    // PostgreSQL runs as a user of its own, who must get through to its folder.
    await chmod(folder, 0o755);
    const hearth = new Hearth(folder, await freePort(), settings);
    await hearth.run(dll);
    return hearth;
  }

  async run(dll = process.env.HEARTH_DLL ?? BUILT) {
    this.#process = spawn('dotnet', [dll], {
      cwd: this.folder,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        HEARTH_ENV: 'development',
        DATA_DIR: join(this.folder, 'data'),
        HOST: '127.0.0.1',
        PORT: String(this.port),
        PUBLIC_URL: this.url,
        RATE_LIMITS: 'off',
        ...this.settings,
      },
    });
    for (const stream of [this.#process.stdout, this.#process.stderr]) {
      stream.on('data', (chunk) => {
        this.#log = (this.#log + chunk).slice(-100_000);
      });
    }
    await this.#ready();
  }

  get log() {
    return this.#log;
  }

  /** Stops the server and keeps its data. */
  async halt() {
    const running = this.#process;
    this.#process = null;
    if (running === null || running.exitCode !== null || running.signalCode !== null) return;
    const ended = once(running, 'exit');
    running.kill('SIGTERM');
    await ended;
  }

  async stop() {
    await this.halt();
    await rm(this.folder, { recursive: true, force: true, maxRetries: 5 });
  }

  /** A call of the API by somebody, or by nobody. A server that asks for patience gets some. */
  async call(method, path, { token, body } = {}) {
    const until = Date.now() + PATIENCE;
    for (;;) {
      const response = await this.#ask(method, path, token, body);
      const text = await response.text();
      if (response.ok) return text === '' ? null : JSON.parse(text);
      if (response.status !== 503 || Date.now() > until) throw new Error(`${method} ${path}: ${response.status} ${text}`);
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }

  #ask(method, path, token, body) {
    return fetch(this.url + path, {
      method,
      headers: {
        ...(token ? { Authorization: `Bearer ${token}` } : {}),
        ...(body ? { 'Content-Type': 'application/json' } : {}),
      },
      body: body ? JSON.stringify(body) : undefined,
    });
  }

  /** A new account by the API: `{user, access, refresh}`. */
  register(username, display_name) {
    const email = `${username}@example.org`;
    return this.call('POST', '/api/auth/register', { body: { username, email, password: 'by-the-fire-42', display_name } });
  }

  async #ready() {
    const until = Date.now() + PATIENCE;
    for (;;) {
      if (this.#process.exitCode !== null || this.#process.signalCode !== null) throw new Error(`Hearth ended while starting:\n${this.#log}`);
      const answer = await fetch(`${this.url}/health`).catch(() => null);
      // 503 says: not yet. Any other answer comes from a server that serves.
      if (answer !== null && answer.status !== 503) return;
      if (Date.now() > until) throw new Error(`Hearth was not ready in time:\n${this.#log}`);
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}

export async function freePort() {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address();
  server.close();
  await once(server, 'close');
  return port;
}
