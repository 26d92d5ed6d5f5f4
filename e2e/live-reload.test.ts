import assert from 'node:assert/strict';
import { createServer } from 'node:http';
import { after, before, describe, it } from 'node:test';
import { nodeCompressor } from '@widgy/compressor/node';
import type { Browser, Page } from 'playwright-core';
import {
  createFolder,
  startSite,
  type TestFolder,
  type TestSite,
} from '../packages/compressor/src/testing/site.ts';
import { launch } from './browser.ts';

const files = {
  'static/css/site.scss': 'h1 { color: rgb(0, 128, 0) }',
  'static/js/main.ts': 'document.title = "first" as string;',
  'templates/page.liquid': `<!doctype html><html lang="en"><head><title>Page</title>
{% compress css %}<link rel="stylesheet" href="{% static 'css/site.scss' %}">{% endcompress %}
{% compress js %}<script type="module" src="{% static 'js/main.ts' %}"></script>{% endcompress %}
</head><body><h1>Hello</h1></body></html>`,
};

describe('live reload in a browser', () => {
  let browser: Browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser?.close());

  async function openPage(site: TestSite): Promise<{ page: Page; close: () => Promise<void> }> {
    const assets = nodeCompressor(site.compressor);
    const server = createServer((request, response) =>
      assets(request, response, () => {
        site.compressor.render('page.liquid').then((html) => {
          response.setHeader('content-type', 'text/html');
          response.end(html);
        });
      }),
    );
    await new Promise<void>((resolve) => server.listen(0, resolve));
    const address = server.address();
    assert.ok(address !== null && typeof address === 'object');
    const page = await browser.newPage();
    const connected = page.waitForResponse((response) => response.url().endsWith('/assets/live-reload'));
    await page.goto(`http://localhost:${address.port}/`);
    await connected;
    const close = async () => {
      await page.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    };
    return { page, close };
  }

  const waitForColor = (page: Page, color: string) =>
    page.waitForFunction((wanted) => {
      const heading = document.querySelector('h1');
      return heading !== null && getComputedStyle(heading).color === wanted;
    }, color);
  const mark = (page: Page) => page.evaluate(() => document.body.setAttribute('data-mark', 'same page'));
  const isMarked = (page: Page) => page.evaluate(() => document.body.hasAttribute('data-mark'));

  async function withPage(run: (page: Page, folder: TestFolder) => Promise<void>): Promise<void> {
    await using folder = await createFolder(files);
    await using site = await startSite(folder, { mode: 'development' });
    const { page, close } = await openPage(site);
    try {
      await run(page, folder);
    } finally {
      await close();
    }
  }

  it('swaps a changed style without loading the page again', () =>
    withPage(async (page, folder) => {
      await waitForColor(page, 'rgb(0, 128, 0)');
      await mark(page);
      await folder.replace('static/css/site.scss', 'h1 { color: rgb(0, 0, 200) }');
      await waitForColor(page, 'rgb(0, 0, 200)');
      assert.ok(await isMarked(page));
      await page.waitForFunction(() => document.querySelectorAll('link[rel="stylesheet"]').length === 1);
    }));

  it('loads the page again for a script', () =>
    withPage(async (page, folder) => {
      await mark(page);
      await folder.write({ 'static/js/main.ts': 'document.title = "second";' });
      await page.waitForFunction(() => document.title === 'second');
      assert.ok(!(await isMarked(page)));
    }));

  it('shows an error over the page, keeps the last good style, and goes on when it is mended', () =>
    withPage(async (page, folder) => {
      await waitForColor(page, 'rgb(0, 128, 0)');
      await mark(page);
      await folder.write({ 'static/css/site.scss': 'h1 {\n  color: $missing;\n}' });
      const overlay = page.locator('#widgy-overlay');
      await overlay.waitFor({ state: 'attached' });
      const text = await page.evaluate(
        () => document.getElementById('widgy-overlay')?.shadowRoot?.textContent ?? '',
      );
      assert.match(text, /Undefined variable/);
      assert.match(text, /css\/site\.scss:2:10/);
      await waitForColor(page, 'rgb(0, 128, 0)');
      if (process.env.SCREENSHOTS) await page.screenshot({ path: `${process.env.SCREENSHOTS}/overlay.png` });
      await folder.write({ 'static/css/site.scss': 'h1 {\n  color: rgb(200, 0, 0);\n}' });
      await waitForColor(page, 'rgb(200, 0, 0)');
      await overlay.waitFor({ state: 'detached' });
      assert.ok(await isMarked(page));
    }));
});
