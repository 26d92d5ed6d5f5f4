import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { launch, observe, viewports } from './browser.ts';
import { type RunningSite, startSite } from './site.ts';

const paths = ['/', '/boats', '/yard', '/book', '/library', '/nothing-here'];

/**
 * Every element of the page, and every pseudo-element that shows, with its computed styles. URLs lose the server, the folder and
 * the hash, which differ by design; what is left is the file they show. Custom properties are left out: they show only in
 * what uses them, and the browser keeps them as they were written, in no order.
 */
async function computedStyles(page: Page): Promise<string[][]> {
  // As one string: of a hundred thousand strings each would be sent with a description of its own.
  const styles = await page.evaluate(() => {
    const url = /url\("(?:[^"]*\/)?([^"/]*?)(?:\.[0-9a-f]{16})?(\.\w+)"\)/g;
    // After a layout in parts, as when a picture comes late, Chromium may report 0 for a margin that is auto, though the box stands
    // right. So everything is laid out once more.
    document.body.style.display = 'none';
    document.body.getBoundingClientRect();
    document.body.style.display = '';
    document.body.removeAttribute('style');
    const names = [...getComputedStyle(document.documentElement)].filter((name) => !name.startsWith('--'));
    const all = [document.documentElement, ...document.body.querySelectorAll('*')].flatMap((element) =>
      ['', '::before', '::after'].flatMap((pseudo) => {
        const style = getComputedStyle(element, pseudo);
        if (pseudo !== '' && style.content === 'none') return [];
        // Without an image its position shows nothing; minifying writes 0% as 0.
        const shown =
          style.backgroundImage === 'none' ? names.filter((name) => name !== 'background-position') : names;
        const values = shown.map(
          (name) => `${name}: ${style.getPropertyValue(name).replace(url, 'url("$1$2")')}`,
        );
        return [[`${element.localName}.${element.getAttribute('class') ?? ''}${pseudo}`, ...values]];
      }),
    );
    return JSON.stringify(all);
  });
  return JSON.parse(styles);
}

/** The first styles in which two pages differ, told in a way that can be read. */
function differences(one: string[][], other: string[][]): string[] {
  const found = one.flatMap(([name = '', ...values], index) =>
    values.flatMap((value, at) => {
      const otherValue = other[index]?.[at + 1];
      return value === otherValue ? [] : [`${name} { ${value} } is ${otherValue}`];
    }),
  );
  return found.slice(0, 10);
}

describe('the site in its three modes', () => {
  let browser: Browser;
  let development: RunningSite;
  let inRequest: RunningSite;
  let offline: RunningSite;

  before(async () => {
    browser = await launch();
    development = await startSite('development');
    inRequest = await startSite('in-request');
    offline = await startSite('offline');
  });
  after(async () => {
    await browser?.close();
    await development?.[Symbol.asyncDispose]();
    await inRequest?.[Symbol.asyncDispose]();
    await offline?.[Symbol.asyncDispose]();
  });

  async function look(site: RunningSite, path: string, viewport: { width: number; height: number }) {
    const page = await browser.newPage({ viewport, reducedMotion: 'reduce' });
    const observed = observe(page);
    await page.goto(site.url + path, { waitUntil: 'load' });
    await page.evaluate(() => document.fonts.ready);
    const styles = await computedStyles(page);
    const shown = await page.evaluate(() => document.body.textContent);
    await page.close();
    return { styles, shown, ...observed };
  }

  for (const path of paths) {
    for (const [device, viewport] of Object.entries(viewports)) {
      it(`shows ${path} alike on a ${device}`, async () => {
        const one = await look(development, path, viewport);
        assert.ok(one.styles.length > 50, 'there is something to compare');
        const expected = path === '/nothing-here' ? 1 : 0;
        assert.equal(one.failures.length, expected, one.failures.join());
        for (const site of [inRequest, offline]) {
          const other = await look(site, path, viewport);
          assert.equal(one.styles.length, other.styles.length);
          assert.deepEqual(differences(one.styles, other.styles), []);
          assert.equal(other.shown, one.shown);
          assert.deepEqual(other.console, one.console);
          assert.equal(other.failures.length, expected, other.failures.join());
        }
      });
    }
  }

  it('has one link or script for each group', async () => {
    for (const site of [inRequest, offline]) {
      const html = await (await fetch(`${site.url}/book`)).text();
      const tags = [...html.matchAll(/<(?:link|script)[^>]*\/assets\/[^>]*>/g)].map(([tag]) =>
        tag
          .replace(/\/assets\/(?:[^"/]*\/)?([\w-]+)\.[0-9a-f]{16}/, '$1')
          .replace(/ (?:integrity|nonce)="[^"]*"/g, ''),
      );
      assert.deepEqual(tags, [
        '<script src="early.js">',
        '<link rel="stylesheet" href="site.css">',
        '<link rel="stylesheet" href="site.css" media="print">',
        '<script type="module" src="site.js">',
      ]);
    }
  });
});
