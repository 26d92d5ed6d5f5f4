import assert from 'node:assert/strict';
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { after, before, describe, it } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { freePort } from '../scripts/free-port.ts';
import { launch, observe } from './browser.ts';
import { faultsOf } from './faults.ts';
import { type BrowserPerson, withKeyboard, withMouse } from './person.ts';

/** The site as `npm start` runs it, on a new database. */
interface StartedSite extends AsyncDisposable {
  readonly url: string;
  readonly email: string;
  readonly password: string;
}

async function startSite(): Promise<StartedSite> {
  const folder = await mkdtemp(join(tmpdir(), 'widgy-quick-start-'));
  const port = await freePort();
  const site: ChildProcess = spawn(
    process.execPath,
    ['--conditions=widgy-source', join(import.meta.dirname, '../scripts/start.ts')],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {
        ...process.env,
        PORT: String(port),
        DATABASE_URL: `sqlite:${folder}/site.db`,
        MEDIA_URL: `folder:${folder}/media`,
        MAIL_URL: `folder:${folder}/mail`,
        LOG_LEVEL: 'error',
      },
    },
  );
  const said: string[] = [];
  assert.ok(site.stdout);
  for await (const line of createInterface(site.stdout)) {
    said.push(line);
    if (line.includes(' is open at ')) break;
  }
  site.stdout.resume();
  const text = said.join('\n');
  const [, email = ''] = /as (\S+@\S+)/.exec(text) ?? [];
  const [, password = ''] = /choose your own: (\S+)$/m.exec(text) ?? [];
  assert.ok(email !== '' && password !== '', `nothing to sign in with was printed:\n${text}`);
  return {
    ...{ url: `http://localhost:${port}`, email, password },
    async [Symbol.asyncDispose]() {
      site.kill('SIGTERM');
      const [code] = await once(site, 'exit');
      await rm(folder, { recursive: true, force: true });
      assert.equal(code, 0, 'it did not stop by itself');
    },
  };
}

/** What the README promises, from the printed password to a page that visitors see. */
async function quickStart(page: Page, site: StartedSite, person: BrowserPerson): Promise<void> {
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  const link = (name: string | RegExp) => page.getByRole('link', { name });
  const field = (label: string) => page.getByLabel(label, { exact: false }).first();
  const looksRight = async () => assert.deepEqual(await faultsOf(page), [], page.url());

  await page.goto(`${site.url}/admin/`);
  await person.write(field('E-mail address'), site.email);
  await person.write(field('Password'), site.password);
  await person.use(button('Sign in'));
  await page.waitForURL('**/account/password');
  await looksRight();
  await person.write(field('New password'), 'a heron on the river wend');
  await person.use(button('Set the password'));
  await page.waitForURL((url) => !url.pathname.endsWith('/password'));

  // A page with widgets.
  await page.goto(`${site.url}/admin/`);
  await looksRight();
  await person.use(link('New page').first());
  await page.waitForURL('**/pages/new');
  await person.write(field('Title'), 'Moorings');
  await person.use(button('Make the page'));
  await page.waitForURL('**/content');
  const add = async (type: string, fields: Readonly<Record<string, string>>) => {
    await person.use(link(/^Add\b/).last());
    await page.waitForURL('**/content/add**');
    await looksRight();
    await person.use(button(`Add ${type}`));
    await page.waitForURL(/\/content\/(?!add)/);
    await looksRight();
    for (const [label, text] of Object.entries(fields)) await person.write(field(label), text);
    await person.use(button('Save'));
    await page.waitForURL(/\/content(#.*)?$/);
  };
  await add('Heading', { Text: 'Twelve moorings by the week' });
  await add('Markdown', { Markdown: 'Ask at the **yard**.' });
  await looksRight();

  // Nobody sees it before it is published.
  const visitor = await page.context().browser()?.newContext();
  assert.ok(visitor);
  const seen = await visitor.newPage();
  const { failures } = observe(seen);
  assert.equal((await seen.goto(`${site.url}/moorings`))?.status(), 404);
  failures.length = 0;
  await person.use(button('Publish'));
  await page.getByText('Visitors see all of the draft').waitFor();
  assert.equal((await seen.goto(`${site.url}/moorings`))?.status(), 200);
  assert.equal(await seen.getByRole('heading', { name: 'Twelve moorings by the week' }).count(), 1);
  assert.equal(await seen.locator('strong', { hasText: 'yard' }).count(), 1);

  // The colour of the brand.
  await person.use(link('Settings'));
  await page.waitForURL('**/settings');
  await looksRight();
  await person.write(field('Colour of the brand'), '#1d4f5c');
  await person.use(button('Save the settings'));
  await page.getByRole('status').first().waitFor();
  await seen.reload();
  const brand = await seen.evaluate(() =>
    getComputedStyle(document.documentElement).getPropertyValue('--brand'),
  );
  assert.equal(brand.trim(), '#1d4f5c');
  assert.deepEqual(failures, []);
  await visitor.close();

  await person.use(button('Sign out'));
  await page.waitForURL('**/sign-in');
}

describe('from the printed password to a published page', () => {
  let browser: Browser;
  before(async () => {
    browser = await launch();
  });
  after(() => browser.close());

  const people: readonly [what: string, (page: Page) => BrowserPerson][] = [
    ['with a mouse', () => withMouse()],
    ['with a keyboard alone', withKeyboard],
  ];
  for (const [what, personAt] of people) {
    it(what, async () => {
      await using site = await startSite();
      const context = await browser.newContext({ viewport: { width: 1280, height: 800 } });
      const page = await context.newPage();
      await quickStart(page, site, personAt(page));
      await context.close();
    });
  }

  it('on a phone, without a script', async () => {
    await using site = await startSite();
    const context = await browser.newContext({
      viewport: { width: 320, height: 640 },
      javaScriptEnabled: false,
    });
    const page = await context.newPage();
    await page.goto(`${site.url}/admin/`);
    await page.getByLabel('E-mail address').fill(site.email);
    await page.getByLabel('Password').fill(site.password);
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.getByLabel('New password').fill('a heron on the river wend');
    await page.getByRole('button', { name: 'Set the password' }).click();
    await page.goto(`${site.url}/admin/pages`);
    await page.getByRole('link', { name: 'New page', exact: true }).click();
    await page.getByLabel('Title').first().fill('Moorings');
    await page.getByRole('button', { name: 'Make the page' }).click();
    await page
      .getByRole('link', { name: /^Add\b/ })
      .last()
      .click();
    await page.getByRole('button', { name: 'Add Heading', exact: true }).click();
    await page.getByLabel('Text').first().fill('Twelve moorings');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('button', { name: 'Publish', exact: true }).click();
    await page.getByText('Visitors see all of the draft').waitFor();
    await page.goto(`${site.url}/moorings`);
    assert.equal(await page.getByRole('heading', { name: 'Twelve moorings' }).count(), 1);
    await context.close();
  });
});
