import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { run, withSecondRun } from './process.mjs';

const REPORTS = 'artifacts/test-reports';

/** Every project below tests/ that was built into a program of tests. */
export async function dotnet() {
  const total = { passed: 0, failed: [], second: [], skipped: 0 };
  for (const project of readdirSync('tests').filter((name) => existsSync(`tests/${name}/${name}.csproj`))) {
    const result = await runProject(project);
    total.passed += result.passed;
    total.skipped += result.skipped;
    total.failed.push(...result.failed);
    total.second.push(...result.second);
  }
  return total;
}

async function runProject(project) {
  let report = await runTests(project, []);
  if (report === null) {
    console.log(`\n-- ${project} broke off; once more --`);
    report = await runTests(project, []);
    if (report === null) return { passed: 0, failed: [`${project} broke off twice, without a report`], second: [], skipped: 0 };
    report.push({ name: `${project} runs to its end`, status: 'fail', brokeOff: true });
  }
  return withSecondRun(report, (failures) => runAgain(project, failures));
}

/** Each failed method by itself: one process per method, nothing beside it. */
async function runAgain(project, failures) {
  const passed = failures.filter((failure) => failure.brokeOff).map((failure) => failure.name);
  for (const filter of new Set(failures.map((failure) => failure.filter).filter(Boolean))) {
    const results = (await runTests(project, filter.split(' '))) ?? [];
    const alone = failures.filter((failure) => failure.filter === filter);
    const all = results.length > 0 && results.every((result) => result.status !== 'fail');
    for (const failure of alone) {
      const same = results.find((result) => result.name === failure.name);
      if (same ? same.status === 'pass' : all) passed.push(failure.name);
    }
  }
  return passed;
}

async function runTests(project, filter) {
  mkdirSync(REPORTS, { recursive: true });
  const file = `${project}.xml`;
  rmSync(`${REPORTS}/${file}`, { force: true });
  await run('dotnet', [
    `tests/${project}/bin/Release/net10.0/${project}.dll`,
    '--no-progress', '--timeout', '40m', '--fail-skips', process.env.CI ? 'on' : 'off',
    '--results-directory', REPORTS, '--report-xunit', '--report-xunit-filename', file,
    ...filter,
  ]);
  return existsSync(`${REPORTS}/${file}`) ? read(readFileSync(`${REPORTS}/${file}`, 'utf8')) : null;
}

/** xUnit's own report: a line per test, and errors of a class or of the run besides. */
function read(xml) {
  const tests = [...xml.matchAll(/<test\s([^>]*)>/g)].map(([, text]) => {
    const { name, type, method, result } = attributes(text);
    const status = result === 'Pass' ? 'pass' : result === 'Fail' ? 'fail' : 'skip';
    return { name, status, filter: `--filter-method ${type}.${method}` };
  });
  const errors = [...xml.matchAll(/<error\s([^>]*)>/g)].map(([, text]) => {
    const { type, name } = attributes(text);
    // A class that fails in being set up or cleaned up is run again whole.
    return { name: `${type} ${name ?? ''}`.trim(), status: 'fail', filter: name?.startsWith('Hearth') ? `--filter-class ${name}` : undefined };
  });
  return [...tests, ...errors];
}

function attributes(text) {
  const entities = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'", '#xD': '\r', '#xA': '\n' };
  return Object.fromEntries(
    [...text.matchAll(/([\w-]+)="([^"]*)"/g)].map(([, key, value]) => [key, value.replace(/&(#?\w+);/g, (whole, name) => entities[name] ?? whole)]),
  );
}
