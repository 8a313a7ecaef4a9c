// Starts a Hearth of its own, takes its OpenAPI document, and writes the TypeScript types of it.
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { Hearth } from '../tests/browser/harness/hearth.mjs';

const DOCUMENT = resolve('artifacts/openapi.json');
const TYPES = resolve('web/widgets/src/api/schema.d.ts');

const hearth = await Hearth.start();
try {
  const document = await hearth.call('GET', '/openapi/v1.json');
  // Where this one happened to listen is nobody's business.
  delete document.servers;
  mkdirSync('artifacts', { recursive: true });
  writeFileSync(DOCUMENT, `${JSON.stringify(document, null, 2)}\n`);
} finally {
  await hearth.stop();
}
execFileSync('npx', ['openapi-typescript', DOCUMENT, '--output', TYPES], { cwd: 'web/tools', stdio: 'inherit' });
