import { spawn } from 'node:child_process';
import { once } from 'node:events';

/** Runs a command with its output shown as it comes; answers its exit code. One that takes longer than an hour is ended. */
export async function run(command, args, options = {}) {
  const child = spawn(command, args, { stdio: ['ignore', 'inherit', 'inherit'], ...options });
  const limit = setTimeout(() => child.kill('SIGKILL'), 3_600_000);
  const [code] = await once(child, 'close');
  clearTimeout(limit);
  return code ?? 1;
}

/**
 * Sums a first run and the second run of what failed in it. `results` are `{name, status}` with the status pass, fail or
 * skip; `again` runs failed ones once more and answers the names that passed then.
 */
export async function withSecondRun(results, again) {
  const of = (status) => results.filter((result) => result.status === status);
  const failures = of('fail');
  let second = [];
  // So many failures have one cause, and a second run would only repeat it.
  if (failures.length > 0 && failures.length <= 25) {
    console.log(`\n-- ${failures.length} failed; once more, alone --`);
    const passed = new Set(await again(failures));
    second = failures.filter((failure) => passed.has(failure.name)).map((failure) => failure.name);
  }
  return {
    passed: of('pass').length + second.length,
    failed: failures.map((failure) => failure.name).filter((name) => !second.includes(name)),
    second,
    skipped: of('skip').length,
  };
}
