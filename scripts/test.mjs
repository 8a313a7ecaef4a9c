// Runs the checks, the .NET tests, the console's tests and the browser tests, one after the other, and sums them.
// What fails is run once more, alone, after the others of its kind have ended. When it passes then it counts as passed
// and is named as "passed on the second run": a defect to look into all the same. What fails twice has failed.
import { writeFileSync } from 'node:fs';
import { browser } from './testing/browser.mjs';
import { dotnet } from './testing/dotnet.mjs';
import { lint } from './testing/lint.mjs';
import { web } from './testing/web.mjs';

const kinds = { lint, dotnet, web, browser };
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => !(name in kinds));
if (unknown.length > 0) {
  console.error(`No such part: ${unknown.join(', ')} (there are: ${Object.keys(kinds).join(', ')}).`);
  process.exit(2);
}

const total = { passed: 0, failed: [], second: [], skipped: 0 };
for (const name of wanted.length > 0 ? wanted : Object.keys(kinds)) {
  console.log(`\n== ${name} ==`);
  const result = await kinds[name]();
  console.log(`${name}: ${result.passed} passed, ${result.failed.length} failed${result.skipped ? `, ${result.skipped} skipped` : ''}`);
  total.passed += result.passed;
  total.skipped += result.skipped;
  total.failed.push(...result.failed);
  total.second.push(...result.second);
}

console.log('');
for (const name of total.second) console.log(`passed on the second run: ${name}`);
for (const name of total.failed) console.log(`FAILED: ${name}`);
const line = `${total.passed} passed, ${total.failed.length} failed`;
writeFileSync('artifacts/test-result', `${line}\n`);
console.log(line);
process.exitCode = total.failed.length > 0 || total.passed === 0 ? 1 : 0;
