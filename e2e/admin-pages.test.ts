import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { createRedirect } from 'widgy/pages';
import { ADMIN_ROUTES } from '../packages/widgy/src/admin/routes/index.ts';
import { launch, observe } from './browser.ts';
import { faultsOf } from './faults.ts';
import { type RunningSite, startSite } from './site.ts';

/** The routes of pages, by what their paths look like. */
const SHAPES = ADMIN_ROUTES.filter(({ method }) => method === 'GET').map(({ path }) => ({
  path,
  form: new RegExp(`^/admin${path.replace(/:\w+/g, '[^/]+')}$`),
}));

/** The route of an address: of those that fit, the one that says most. */
function shapeOf(pathname: string): string | undefined {
  return SHAPES.filter(({ form }) => form.test(pathname)).sort(
    (a, b) => a.path.split(':').length - b.path.split(':').length,
  )[0]?.path;
}

/** What nobody gets to by following links from the beginning, and why that is no page that is looked at here. */
const NOT_LINKED: Readonly<Record<string, string>> = {
  '/sign-in': 'looked at before signing in',
  '/forgot': 'looked at before signing in',
  '/forgot/sent': 'looked at before signing in',
  '/reset/done': 'looked at before signing in',
  '/reset': 'a link in a mail leads there',
  '/invitation': 'a link in a mail leads there',
  '/documents/:document/preview/parts': 'the editor asks for it: it is no page',
  '/documents/:document/preview/check': 'the editor frames it: it is the preview',
  '/documents/:document/costs': 'the editor asks for it: it is no page',
  '/documents/:document/shared': 'the editor asks for it: it is no page',
  '/documents/:document/shared/:callout': 'the editor asks for it: it is no page',
};

describe('the pages of the administration, compressed ahead of time', () => {
  let browser: Browser;
  let site: RunningSite;
  before(async () => {
    browser = await launch();
    site = await startSite('offline');
    const made = await createRedirect(site.widgy.pages, { from: '/old', to: { kind: 'gone' } }, { id: null });
    assert.ok(made.ok);
  });
  after(async () => {
    await browser?.close();
    await site?.[Symbol.asyncDispose]();
  });

  async function looksRight(page: Page): Promise<void> {
    const at = new URL(page.url()).pathname;
    // What a preview shows are pages of the site, which are looked at by themselves.
    const except = 'iframe';
    assert.deepEqual(await faultsOf(page, { except }), [], at);
    // Nothing but colours is another one in the dark, and the first page of each section has those of all others.
    if (at.split('/').length <= 3) {
      await page.emulateMedia({ colorScheme: 'dark' });
      assert.deepEqual(await faultsOf(page, { except, rules: ['color-contrast'] }), [], `${at}, in the dark`);
      await page.emulateMedia({ colorScheme: 'light' });
    }
    // 1280 pixels at 400 %.
    await page.setViewportSize({ width: 320, height: 640 });
    const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
    assert.ok(beyond <= 0, `${at} is ${beyond} pixels too wide`);
    await page.setViewportSize({ width: 1280, height: 800 });
  }

  it('have no fault that axe knows, fit on 320 pixels, and get all that they name', async () => {
    const context = await browser.newContext({
      viewport: { width: 1280, height: 800 },
      reducedMotion: 'reduce',
    });
    const page = await context.newPage();
    const observed = observe(page);
    for (const path of ['/admin/forgot', '/admin/forgot/sent', '/admin/reset/done', '/admin/sign-in']) {
      await page.goto(site.url + path);
      await looksRight(page);
    }
    await page.getByLabel('E-mail address').fill(site.administrator.email);
    await page.getByLabel('Password').fill(site.administrator.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL('**/account/password');
    await looksRight(page);
    await page.getByLabel('New password').fill('a heron on the river wend');
    await page.getByRole('button', { name: 'Set the password' }).click();
    await page.waitForURL((url) => !url.pathname.endsWith('/password'));

    const seen = new Set(Object.keys(NOT_LINKED));
    const next = ['/admin/'];
    for (let path = next.shift(); path !== undefined; path = next.shift()) {
      const { pathname } = new URL(path, site.url);
      const shape = shapeOf(pathname);
      // A link that is on no page of the administration leads out of it.
      if (shape === undefined || seen.has(shape)) continue;
      seen.add(shape);
      const answer = await page.goto(site.url + path);
      assert.equal(answer?.status(), 200, path);
      if (!shape.endsWith('/preview')) await looksRight(page);
      next.push(
        ...(await page
          .locator('a[href^="/admin"]')
          .evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''))),
      );
    }
    assert.deepEqual(observed.failures, []);
    // Nothing runs in a preview, as is meant.
    const isMeant = (text: string) => /preview.*sandboxed and the 'allow-scripts'/.test(text);
    assert.deepEqual(
      observed.console.filter((text) => !isMeant(text)),
      [],
    );
    const missed = SHAPES.map(({ path }) => path).filter((path) => !seen.has(path));
    assert.deepEqual(missed, [], 'no link leads to these');
    await context.close();
  });
});
