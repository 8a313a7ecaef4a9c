import { relative } from 'node:path';

/** A reporter of node:test that writes a line of JSON per test: its file, its name, whether it passed. */
export default async function* reporter(events) {
  for await (const { type, data } of events) {
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    // A suite, and a test that only failed because one inside it did, are told of by what is inside.
    if (data.details?.type === 'suite' || data.details?.error?.failureType === 'subtestsFailed') continue;
    const file = relative(process.cwd(), data.file ?? data.name);
    const status = data.skip !== undefined || data.todo !== undefined ? 'skip' : type === 'test:pass' ? 'pass' : 'fail';
    yield `${JSON.stringify({ name: `${file}: ${data.name}`, file, status })}\n`;
  }
}
