import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath, pathToFileURL } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { launch, observe, viewports } from './browser.ts';

const HOSTILE = `<img src=x onerror=alert(1)>`;
const FILES = {
  'package.json': '{ "type": "module" }',
  'compressor.config.ts': 'export default { cache: false, build: { minify: false } }',
  'templates/home.liquid': `{% compress css %}<link rel="stylesheet" href="{% static 'site.css' %}">{% endcompress %}
{% compress js %}<script src="{% static 'menu.js' %}"></script><script src="{{ '${HOSTILE}.js' | static }}"></script>{% endcompress %}`,
  'templates/help.liquid': `{% compress js %}<script src="{% static 'menu.js' %}"></script>{% endcompress %}`,
  'static/site.css': 'a { color: teal } '.repeat(60),
  'static/menu.js': 'window.menu = () => document.body.classList.toggle("menu");\n'.repeat(20),
  [`static/${HOSTILE}.js`]: 'window.more = 1;\n'.repeat(40),
};

describe('the page of a report', () => {
  let folder: string;
  let browser: Browser;
  const command = fileURLToPath(new URL('../packages/compressor/src/cli/bin.ts', import.meta.url));

  function compressor(...options: string[]) {
    const given = ['--conditions=widgy-source', command, ...options];
    const { status, stderr } = spawnSync(process.execPath, given, { cwd: folder, encoding: 'utf8' });
    assert.equal(status, 0, stderr);
  }

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'widgy-report-'));
    for (const [name, text] of Object.entries(FILES)) {
      await mkdir(dirname(join(folder, name)), { recursive: true });
      await writeFile(join(folder, name), text);
    }
    compressor('compress', '--quiet');
    await writeFile(join(folder, 'static/menu.js'), 'window.menu = 1;\n'.repeat(50));
    compressor('report', '--html', 'sizes.html');
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  async function open(options: Parameters<Browser['newPage']>[0]): Promise<{ page: Page; said: string[] }> {
    const page = await browser.newPage(options);
    const observed = observe(page);
    page.on('request', (request) => {
      if (!request.url().startsWith('file:')) observed.failures.push(`asked for ${request.url()}`);
    });
    page.on('dialog', (dialog) => observed.failures.push(`dialog ${dialog.message()}`));
    await page.goto(pathToFileURL(join(folder, 'sizes.html')).href);
    return {
      page,
      get said() {
        return [...observed.console, ...observed.failures];
      },
    };
  }

  const cells = (page: Page) =>
    page.locator('.cell.outer').evaluateAll((all) => all.map((one) => one.ariaLabel));
  const trail = (page: Page) => page.locator('.trail button').allTextContents();

  for (const [device, viewport] of Object.entries(viewports)) {
    for (const colorScheme of ['light', 'dark'] as const) {
      it(`fits on a ${device}, ${colorScheme}, without asking anybody for anything`, async () => {
        const opened = await open({ viewport, colorScheme });
        const { page } = opened;
        assert.equal((await cells(page)).length, 2);
        await page.locator('summary', { hasText: 'menu' }).first().click();
        assert.ok((await page.getByText(`${HOSTILE}.js`, { exact: true }).count()) > 0);
        const beyond = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
        assert.ok(beyond <= 0, `${beyond} pixels too wide`);
        // Whatever a cell says is in it.
        const cut = await page
          .locator('.cell .size')
          .evaluateAll(
            (all) =>
              all.filter(
                (one) =>
                  one.getBoundingClientRect().right > (one.parentElement?.getBoundingClientRect().right ?? 0),
              ).length,
          );
        assert.equal(cut, 0);
        assert.deepEqual(opened.said, []);
        await page.close();
      });
    }
  }

  it('can be walked with the keyboard, down to sources and back', async () => {
    const { page } = await open({ viewport: viewports.desktop });
    const focused = () => page.evaluate(() => document.activeElement?.ariaLabel ?? '');
    await page.locator('.cell.outer').first().focus();
    assert.match(
      await focused(),
      /^home\.liquid, [\d.]+ k?B with Brotli, [\d.]+ kB raw, [\d.]+ k?B for a returning visitor$/,
    );
    await page.keyboard.press('Enter');
    assert.deepEqual(await trail(page), ['All pages', 'home.liquid']);
    assert.match(await focused(), /^home\.liquid:\d+:\d+, /);
    await page.locator('.cell.outer[aria-label^="home.liquid:2"]').focus();
    await page.keyboard.press('Enter');
    // The block has one bundle only, so it opens with that.
    assert.equal((await trail(page)).length, 4);
    assert.ok((await cells(page)).some((label) => label?.startsWith(`${HOSTILE}.js, `)));
    await page.keyboard.press('Escape');
    await page.keyboard.press('Escape');
    assert.deepEqual(await trail(page), ['All pages', 'home.liquid']);
    await page.locator('.trail button').first().press('Enter');
    assert.deepEqual(await trail(page), ['All pages']);
    await page.close();
  });

  it('shows by area what is asked for', async () => {
    const { page } = await open({ viewport: viewports.desktop });
    await page.locator('.cell.outer').first().focus();
    await page.keyboard.press('Enter');
    const widest = async () => (await cells(page))[0] ?? '';
    assert.match(await widest(), /^home\.liquid:2/);
    await page.getByRole('radio', { name: 'Returning' }).check();
    // Only the bundle with the changed script is loaded again.
    assert.deepEqual(
      (await cells(page)).map((label) => label?.split(',')[0]),
      ['home.liquid:2:1'],
    );
    await page.close();
  });

  it('tells all of it in tables where scripts do not run', async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    await page.goto(pathToFileURL(join(folder, 'sizes.html')).href);
    assert.equal(await page.locator('#map').isVisible(), false);
    assert.deepEqual(await page.locator('#pages ~ table tbody th').allTextContents(), [
      'home.liquid',
      'help.liquid',
    ]);
    await context.close();
  });
});
