import { type Browser, chromium, type Page } from 'playwright-core';

/** What a page said and fetched while it was open. */
export interface Observed {
  readonly console: string[];
  /** Failed requests and answers other than 2xx and 3xx, as `status URL`. */
  readonly failures: string[];
}

/** A Chromium that asks nobody but the test's own servers for anything. */
export function launch(): Promise<Browser> {
  const executablePath = process.env.CHROMIUM;
  if (executablePath === undefined) throw new Error('Run browser tests with npm test: it finds Chromium.');
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** The widths that pages are looked at. */
export const viewports = {
  phone: { width: 390, height: 844 },
  desktop: { width: 1440, height: 900 },
} as const;

/** What stays open for as long as a page is: live reload, and the changes that an editor hears of. Its end is no failure. */
const STREAMS = /\/live-reload$|\/events\?after=\d+$/;

/** Notes from now on what a page says and what it could not get. */
export function observe(page: Page): Observed {
  const observed: Observed = { console: [], failures: [] };
  page.on('console', (message) => observed.console.push(`${message.type()}: ${message.text()}`));
  page.on('pageerror', (error) => observed.console.push(`uncaught: ${error.message}`));
  page.on('response', (response) => {
    if (response.status() >= 400) observed.failures.push(`${response.status()} ${response.url()}`);
  });
  page.on('requestfailed', (request) => {
    // Whoever goes to another page breaks off what the one before still asks for.
    const isBrokenOff = request.failure()?.errorText === 'net::ERR_ABORTED';
    if (!isBrokenOff && !STREAMS.test(request.url())) observed.failures.push(`failed ${request.url()}`);
  });
  return observed;
}
