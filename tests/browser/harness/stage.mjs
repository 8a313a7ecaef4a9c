import { after, before } from 'node:test';
import { launch, open } from './browser.mjs';
import { Hearth } from './hearth.mjs';

/** Limits only what would never end: a busy machine may take its time. */
export const LONG = { timeout: 900_000 };

/**
 * What a file of tests plays on: one Hearth and one browser for all of them, people who are new in each test.
 * `errors()` are what the pages complained about, each test's own.
 */
export function stage(settings = async () => ({})) {
  const all = { hearth: null, browser: null };
  let people = 0;
  before(async () => {
    all.hearth = await Hearth.start(await settings());
    all.browser = await launch();
  }, LONG);
  after(async () => {
    await all.browser?.close();
    await all.hearth?.stop();
  }, LONG);
  return {
    get hearth() {
      return all.hearth;
    },
    /** Somebody new: their account and, signed in, their own browser. */
    async person(name, options = {}) {
      const account = await all.hearth.register(`${name.toLowerCase()}${++people}`, name);
      return { account, ...(await open(all.browser, all.hearth, { account, ...options })) };
    },
    register(name) {
      return all.hearth.register(`${name.toLowerCase()}${++people}`, name);
    },
    /** A browser that nobody has signed in to. */
    stranger(options = {}) {
      return open(all.browser, all.hearth, options);
    },
  };
}
