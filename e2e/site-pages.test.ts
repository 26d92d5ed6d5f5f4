import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { launch, observe, viewports } from './browser.ts';
import { faultsOf } from './faults.ts';
import { type RunningSite, startSite } from './site.ts';

/** Every page that visitors can see, and what they get where there is none. */
const PATHS = [
  ...['/', '/boats', '/yard', '/book', '/book/thanks?boat=teal&date=2026-06-25'],
  ...['/library', '/library/two-columns', '/nothing-here'],
];

describe('the public pages of the site, compressed ahead of time', () => {
  let browser: Browser;
  let site: RunningSite;
  before(async () => {
    browser = await launch();
    site = await startSite('offline');
  });
  after(async () => {
    await browser?.close();
    await site?.[Symbol.asyncDispose]();
  });

  for (const path of PATHS) {
    it(`say nothing in the console, fail at nothing, and have no fault that axe knows: ${path}`, async () => {
      for (const viewport of Object.values(viewports)) {
        const context = await browser.newContext({ viewport, reducedMotion: 'reduce' });
        const page = await context.newPage();
        const observed = observe(page);
        await page.goto(site.url + path, { waitUntil: 'load' });
        assert.deepEqual(await faultsOf(page), []);
        const isMissing = path === '/nothing-here';
        assert.equal(observed.failures.length, isMissing ? 1 : 0, observed.failures.join());
        assert.equal(observed.console.length, isMissing ? 1 : 0, observed.console.join());
        await context.close();
      }
    });

    it(`fit on 320 pixels: ${path}`, async () => {
      const page = await browser.newPage({ viewport: { width: 320, height: 640 } });
      await page.goto(site.url + path, { waitUntil: 'load' });
      const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(beyond <= 0, `${beyond} pixels too wide`);
      await page.close();
    });
  }

  it('show what is wrong in the booking form, without a fault that axe knows', async () => {
    const context = await browser.newContext({ viewport: viewports.phone });
    const page = await context.newPage();
    await page.goto(`${site.url}/book`);
    await page.evaluate(() => document.querySelector('form.booking-form')?.setAttribute('novalidate', ''));
    await page.getByRole('button', { name: 'Send the request' }).click();
    await page.getByRole('alert').waitFor();
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'summary');
    assert.deepEqual(await faultsOf(page), []);
    await context.close();
  });
});
