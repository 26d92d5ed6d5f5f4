import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser } from 'playwright-core';
import { launch, observe, viewports } from './browser.ts';
import { type RunningSite, startSite } from './site.ts';

for (const mode of ['in-request', 'offline'] as const)
  describe(`a visitor of the site in the mode ${mode}`, () => {
    let browser: Browser;
    let site: RunningSite;
    before(async () => {
      browser = await launch();
      site = await startSite(mode);
    });
    after(async () => {
      await browser?.close();
      await site?.[Symbol.asyncDispose]();
    });

    it('filters the boats while typing, with a script that is loaded only then', async () => {
      const page = await browser.newPage({ viewport: viewports.desktop });
      const observed = observe(page);
      await page.goto(`${site.url}/boats`);
      const later = page.waitForResponse((response) => /\/filter\.[0-9a-f]{16}\.js$/.test(response.url()));
      await page.getByLabel('Search').focus();
      assert.equal((await later).status(), 200);
      await page.getByLabel('Search').fill('1934');
      await page.getByText('Bittern', { exact: true }).first().waitFor({ state: 'hidden' });
      assert.ok(await page.getByRole('link', { name: 'Book Avocet' }).isVisible());
      assert.deepEqual(observed, { console: [], failures: [] });
      await page.close();
    });

    it('filters the boats without any script', async () => {
      const context = await browser.newContext({ javaScriptEnabled: false, viewport: viewports.phone });
      const page = await context.newPage();
      await page.goto(`${site.url}/boats`);
      await page.getByLabel('Electric').check();
      await page.getByRole('button', { name: 'Show' }).click();
      assert.equal(await page.locator('[data-boat]:visible').count(), 2);
      await context.close();
    });

    it('reaches every page from the menu of a phone without any script', async () => {
      const context = await browser.newContext({ javaScriptEnabled: false, viewport: viewports.phone });
      const page = await context.newPage();
      for (const [name, heading] of [
        ['The boats', 'The boats'],
        ['Book a boat', 'Book a boat'],
      ] as const) {
        await page.goto(site.url);
        await page.getByRole('button', { name: 'Menu' }).click();
        await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name }).click();
        await page.getByRole('heading', { level: 1, name: heading }).waitFor();
      }
      await context.close();
    });

    it('books a boat, after being told what was missing', async () => {
      const page = await browser.newPage({ viewport: viewports.desktop });
      await page.goto(`${site.url}/book`);
      await page.getByLabel('Name').fill('Ada Larter');
      // The browser would stop an incomplete form itself; the server must be able to as well.
      await page.evaluate(() => document.querySelector('form.booking-form')?.setAttribute('novalidate', ''));
      await page.getByRole('button', { name: 'Send the request' }).click();
      await page.getByRole('alert').waitFor();
      assert.equal(await page.getByLabel('Name').inputValue(), 'Ada Larter');
      await page.getByLabel('Boat', { exact: true }).selectOption('teal');
      await page.getByLabel('Day', { exact: true }).fill('2026-06-25');
      await page.getByLabel('How many of you').fill('2');
      await page.getByLabel('Morning').check();
      await page.getByLabel('A few times').check();
      await page.getByLabel('Email').fill('ada@example.org');
      await page.getByLabel('Telephone').fill('01632 960 147');
      await page.getByLabel('All of us will wear').check();
      await page.getByRole('button', { name: 'Send the request' }).click();
      await page.getByRole('heading', { level: 1, name: /Thank you/ }).waitFor();
      await page.close();
    });
  });
