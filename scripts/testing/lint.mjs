import { existsSync } from 'node:fs';
import { run } from './process.mjs';

/** Each check of scripts/lint counts as a test. */
export async function lint() {
  const checks = ['format', 'tree', ...(existsSync('web/package.json') ? ['web', 'web-types'] : [])];
  const failed = [];
  for (const check of checks) {
    if ((await run('scripts/lint', [check])) !== 0) failed.push(`lint ${check}`);
  }
  return { passed: checks.length - failed.length, failed, second: [], skipped: 0 };
}
