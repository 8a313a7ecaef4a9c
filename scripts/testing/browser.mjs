import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { run, withSecondRun } from './process.mjs';

const FOLDER = 'tests/browser';
const REPORT = 'artifacts/test-reports/browser.jsonl';

/** The console in a real browser. Without a browser they fail in CI, and are skipped on a desk. */
export async function browser() {
  const files = existsSync(FOLDER) ? readdirSync(FOLDER).filter((name) => name.endsWith('.test.mjs')).map((name) => `${FOLDER}/${name}`) : [];
  if (files.length === 0) return { passed: 0, failed: [], second: [], skipped: 0 };
  if (!existsSync(process.env.CHROMIUM ?? '/usr/bin/chromium')) {
    console.log('There is no chromium.');
    return { passed: 0, failed: process.env.CI ? ['browser tests: there is no chromium'] : [], second: [], skipped: files.length };
  }
  return withSecondRun(await runTests(files), async (failures) => {
    const again = await runTests([...new Set(failures.map((failure) => failure.file))]);
    return again.filter((result) => result.status === 'pass').map((result) => result.name);
  });
}

async function runTests(files) {
  mkdirSync('artifacts/test-reports', { recursive: true });
  rmSync(REPORT, { force: true });
  await run(process.execPath, [
    '--test', '--test-concurrency=1',
    '--test-reporter=spec', '--test-reporter-destination=stdout',
    '--test-reporter=./scripts/testing/reporter.mjs', `--test-reporter-destination=${REPORT}`,
    ...files,
  ]);
  const results = existsSync(REPORT) ? readFileSync(REPORT, 'utf8').split('\n').filter(Boolean).map((line) => JSON.parse(line)) : [];
  return results.length > 0 ? results : files.map((file) => ({ name: file, file, status: 'fail' }));
}
