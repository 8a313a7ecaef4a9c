import { chromium } from 'playwright-core';

/** Generous, for a busy machine: a test waits for what it wants to see and for nothing else. */
const PATIENCE = 120_000;

const FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];

export function launch() {
  return chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', headless: true, args: FLAGS, timeout: PATIENCE });
}

/**
 * Somebody's browser: cookies, storage and cache of its own. What its pages complain about is kept in `problems`.
 * With `account` they are signed in before the first page.
 */
export async function open(browser, hearth, { account, ...options } = {}) {
  const context = await browser.newContext({
    baseURL: hearth.url,
    viewport: { width: 1200, height: 900 },
    reducedMotion: 'reduce',
    locale: 'en-GB',
    ...options,
  });
  context.setDefaultTimeout(PATIENCE);
  context.setDefaultNavigationTimeout(PATIENCE);
  if (account) {
    await context.addInitScript((session) => {
      if (localStorage.getItem('hearth:session') === null && sessionStorage.getItem('hearth:test') === null) {
        localStorage.setItem('hearth:session', session);
      }
      sessionStorage.setItem('hearth:test', 'signed in once');
    }, JSON.stringify(account));
  }
  const page = await context.newPage();
  const problems = [];
  page.on('pageerror', (error) => problems.push(String(error)));
  page.on('console', (message) => {
    if (message.type() === 'error' && /Content Security Policy|Minified React error|Uncaught/.test(message.text())) {
      problems.push(message.text());
    }
  });
  return { context, page, problems };
}

/** The card of the post that has this text. */
export function postCard(page, text) {
  return page.locator('article.h-post', { hasText: text });
}

/** Waits until the feed is live: a post written now will reach it. */
export function untilFeedLive(page) {
  return page.locator('section.h-feed[data-live="true"]').waitFor();
}

/** Waits until a post is live: a comment, reaction or view made now will reach it. */
export async function untilPostLive(page, text) {
  await page.locator('article.h-post[data-live="true"]', { hasText: text }).waitFor();
}

/** By how many pixels the page is wider than the screen. */
export async function widthOverflow(page) {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}
