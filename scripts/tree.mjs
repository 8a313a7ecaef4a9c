// What must not lie in the tree: paths of one machine, addresses of downloads in lock files, build output, links,
// traces of a merge, tests that are switched off.
import { execFileSync } from 'node:child_process';
import { lstatSync, readFileSync } from 'node:fs';

const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { maxBuffer: 1 << 28 })
  .toString()
  .split('\0')
  .filter((file) => file !== '');

const MOST_BYTES = 2 << 20;
const inPath = (names) => new RegExp(`(^|/)(${names})(/|$)`);
const rules = [
  // Written apart, so that this file does not break its own rules.
  { what: 'a path of one machine', text: new RegExp(`(^|[^\\w.~/-])/(${['work', 'root'].join('|')})/[a-z]`, 'm') },
  { what: 'the address of a download', name: /(-lock|\.lock)\.json$/, text: /"resolved": "http/ },
  { what: 'the address of a package registry', name: /(\.npmrc|nuget\.config|\.lock\.json|-lock\.json)$/i, text: /registry\s*=|:\/\/[^"\s]*(registry|mirror|nexus|artifactory|nuget\.org)/ },
  { what: 'a trace of a merge', text: new RegExp(`^(<{7}|>{7}) `, 'm') },
  { what: 'a test that is switched off', name: /(^|\/)tests?\/|\.test\.[mt]sx?$/, text: /\b(it|test|describe)\.(only|skip)\(|\[(Fact|Theory)\(Skip/ },
];

const problems = [];
for (const file of files) {
  let stat;
  try {
    stat = lstatSync(file);
  } catch {
    continue; // Deleted, and not committed yet.
  }
  if (stat.isSymbolicLink()) problems.push(`${file}: a symbolic link`);
  if (inPath('node_modules|bin|obj|dist|artifacts').test(file)) problems.push(`${file}: build output`);
  if (!stat.isFile()) continue;
  if (stat.size > MOST_BYTES) problems.push(`${file}: larger than ${MOST_BYTES >> 20} MB`);
  const bytes = readFileSync(file);
  if (bytes.includes(0)) continue;
  const text = bytes.toString('utf8');
  for (const rule of rules) {
    const found = (rule.name?.test(file) ?? true) && rule.text.exec(text);
    if (found) problems.push(`${file}:${text.slice(0, found.index + 1).split('\n').length}: ${rule.what}: ${found[0].trim()}`);
  }
}

for (const problem of problems) console.log(problem);
process.exit(problems.length === 0 ? 0 : 1);
