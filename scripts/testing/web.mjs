import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { relative, resolve } from 'node:path';
import { run, withSecondRun } from './process.mjs';

const REPORT = 'artifacts/test-reports/web.json';

/** The tests of the components and the console. */
export async function web() {
  if (!existsSync('web/package.json')) return { passed: 0, failed: [], second: [], skipped: 0 };
  const results = await runTests([]);
  if (results === null) return { passed: 0, failed: ["the console's tests made no report"], second: [], skipped: 0 };
  return withSecondRun(results, async (failures) => {
    const again = (await runTests([...new Set(failures.map((failure) => failure.file))])) ?? [];
    return again.filter((result) => result.status === 'pass').map((result) => result.name);
  });
}

async function runTests(files) {
  mkdirSync('artifacts/test-reports', { recursive: true });
  rmSync(REPORT, { force: true });
  await run('npx', ['vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${resolve(REPORT)}`, ...files], { cwd: 'web' });
  if (!existsSync(REPORT)) return null;
  return JSON.parse(readFileSync(REPORT, 'utf8')).testResults.flatMap((suite) => {
    const file = relative(resolve('web'), suite.name);
    if (suite.assertionResults.length === 0) return [{ name: file, file, status: suite.status === 'failed' ? 'fail' : 'pass' }];
    return suite.assertionResults.map((test) => ({
      name: `${file}: ${test.fullName}`,
      file,
      status: { passed: 'pass', failed: 'fail' }[test.status] ?? 'skip',
    }));
  });
}
