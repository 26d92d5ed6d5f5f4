import assert from 'node:assert/strict';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, describe, it } from 'node:test';
import { fileURLToPath } from 'node:url';
import { compressSite, resolveConfig, silentLogger } from '@widgy/compressor';
import type { Browser, Page } from 'playwright-core';
import { library, libraryKinds, VIDEO_FRAME_SOURCES } from 'widgy/library';
import { createRenderer } from 'widgy/rendering';
import { createTree, createWidget, type Widget, type WidgetParts } from 'widgy/tree';
import { defineSite } from 'widgy/widgets';
import { launch, observe } from './browser.ts';
import { faultsOf } from './faults.ts';

const ORIGIN = 'https://site.test';
const BLOCKS = `{% compress css %}{% for name in site.styles %}<link rel="stylesheet" href="{{ name }}">{% endfor %}{% endcompress %}
{% compress js %}{% for name in site.scripts %}<script type="module" src="{{ name }}"></script>{% endfor %}{% endcompress %}`;
const POLICY = `default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; frame-src ${VIDEO_FRAME_SOURCES.join(' ')}`;
const PICTURE =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 9"><rect width="16" height="9"/></svg>';

let count = 0;
function widget(
  type: string,
  fields: WidgetParts['fields'] = {},
  children: readonly Widget[] = [],
  slot = 'main',
) {
  count += 1;
  return createWidget({ id: `w${count}`, type, slot, fields, children });
}
const inside = (type: string, fields: WidgetParts['fields'] = {}, children: readonly Widget[] = []) =>
  createWidget({ ...widget(type, fields, children), slot: undefined });

const TEXT = {
  text: '<p>Some text with <a href="/else">a link</a>.</p><pre>a line of code that is wider than a telephone</pre>',
};
const shared = createTree(
  inside('callout-body', {}, [inside('heading', { text: 'Hours', level: 'h3' }), inside('text', TEXT)]),
);
const references = new Map([
  ['widgy:callout/1', { url: undefined, label: 'Hours', tree: shared }],
  ['widgy:media/1', { url: '/boat.svg', label: 'Boat', data: { width: 16, height: 9, alt: 'A boat' } }],
]);
const content = () => [
  widget('heading', { text: 'Everything' }),
  widget('figure', { position: 'end', caption: 'A boat' }, [inside('image', { image: 'widgy:media/1' })]),
  widget('text', TEXT),
  widget('section', { tone: 'soft' }, [
    inside('heading', { text: 'Soft', level: 'h3' }),
    ...['primary', 'secondary', 'quiet'].map((look) =>
      inside('button', { text: 'Press', link: '/else', look }),
    ),
  ]),
  widget('section', { tone: 'accent', width: 'wide', anchor: 'prices' }, [
    inside('heading', { text: 'Accent', level: 'h3' }),
    inside('text', TEXT),
    inside('button', { text: 'Press', link: '/else' }),
    inside('callout', { callout: 'widgy:callout/1' }),
  ]),
  widget('accordion', {}, [inside('accordion-section', { title: 'Question' }, [inside('text', TEXT)])]),
  widget('tabs', {}, [
    inside('tab', { title: 'Sun' }, [inside('text', TEXT)]),
    inside('tab', { title: 'Rain' }, [inside('text', TEXT)]),
    inside('tab', { title: 'Snow' }),
  ]),
  widget('table', {
    caption: 'Prices',
    cells: [
      ['', 'In winter', 'In summer', 'In between'],
      ['Small boat', '1000000000', '2000000000', '3000000000'],
    ],
    hasRowHeaders: true,
  }),
  widget('callout', { callout: 'widgy:callout/1' }),
  widget('video', { address: 'https://youtu.be/aqz-KE-bpKQ', title: 'Rabbits', still: '/boat.svg' }),
  widget('video', { address: 'https://vimeo.com/76979871', title: 'Hills' }),
];

describe('the widget library', () => {
  let folder: string;
  let browser: Browser;
  const pages = new Map<string, string>();
  const assets = new Map<string, string>();

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'widgy-library-'));
    await mkdir(join(folder, 'templates'));
    await mkdir(join(folder, 'node_modules'));
    for (const name of ['widgy', 'liquidjs']) {
      const target = fileURLToPath(new URL(`../node_modules/${name}`, import.meta.url));
      await symlink(target, join(folder, 'node_modules', name));
    }
    await writeFile(join(folder, 'templates/page.liquid'), BLOCKS);
    const site = defineSite({ folder, widgets: library, kinds: libraryKinds });
    const config = {
      mode: 'offline',
      logger: silentLogger,
      cache: false,
      offline: { context: { site } },
    } as const;
    await compressSite(resolveConfig(config, folder), { encodings: false });
    const names = await readdir(join(folder, 'public/assets'));
    for (const name of names.filter((file) => /\.(?:css|js)$/.test(file)))
      assets.set(`/assets/${name}`, await readFile(join(folder, 'public/assets', name), 'utf8'));
    const tags = [...assets.keys()].map((url) =>
      url.endsWith('.css')
        ? `<link rel="stylesheet" href="${url}">`
        : `<script type="module" src="${url}"></script>`,
    );
    const renderer = createRenderer({
      site,
      onFailure: ({ error }) => {
        throw error;
      },
    });
    for (const type of ['one-column', 'two-columns']) {
      const aside = widget('callout', { callout: 'widgy:callout/1' }, [], 'sidebar');
      const children = type === 'one-column' ? content() : [...content(), aside];
      const html = await renderer.render(createTree(createWidget({ id: type, type, children })), {
        references,
      });
      pages.set(
        `/${type}`,
        `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Library</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">
${tags.join('')}<link rel="stylesheet" href="/page.css"></head><body><main><h1>Library</h1>${html}</main></body></html>`,
      );
    }
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Opens a page, and notes what it asks of other hosts. */
  async function open(path: string, options: Parameters<Browser['newContext']>[0] = {}) {
    const context = await browser.newContext(options);
    const page = await context.newPage();
    const observed = observe(page);
    const strangers: string[] = [];
    await page.route('**/*', async (route) => {
      const url = new URL(route.request().url());
      if (url.origin !== ORIGIN) {
        strangers.push(url.href);
        return await route.fulfill({ contentType: 'text/html', body: '<title>A player</title>' });
      }
      const asset = assets.get(url.pathname);
      if (asset !== undefined) {
        const contentType = url.pathname.endsWith('.css') ? 'text/css' : 'text/javascript';
        return await route.fulfill({ contentType, body: asset });
      }
      if (url.pathname === '/boat.svg')
        return await route.fulfill({ contentType: 'image/svg+xml', body: PICTURE });
      if (url.pathname === '/page.css') {
        const body =
          'html { color: CanvasText; background: Canvas } body { margin: 0; font: 1rem/1.5 sans-serif }';
        return await route.fulfill({ contentType: 'text/css', body });
      }
      const body = pages.get(url.pathname) ?? '';
      const headers = { 'content-security-policy': POLICY };
      return await route.fulfill({
        status: body === '' ? 404 : 200,
        contentType: 'text/html',
        body,
        headers,
      });
    });
    await page.goto(`${ORIGIN}${path}`);
    return { page, strangers, observed, close: () => context.close() };
  }

  /** The titles of the tabs that are shown. */
  const shownTabs = (page: Page) =>
    page
      .locator('.w-tab:visible')
      .getByText(/^(?:Sun|Rain|Snow)$/)
      .count();
  const selected = (page: Page) => page.locator('.w-tabs-link[aria-selected="true"]').textContent();

  for (const path of ['/one-column', '/two-columns']) {
    for (const colorScheme of ['light', 'dark'] as const) {
      for (const width of [320, 1280]) {
        it(`is accessible and fits: ${path}, ${colorScheme}, ${width} px`, async () => {
          const { page, strangers, close } = await open(path, {
            viewport: { width, height: 800 },
            colorScheme,
            // The tool runs scripts of its own in the page.
            bypassCSP: true,
          });
          assert.deepEqual(await faultsOf(page), []);
          assert.ok((await page.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0);
          assert.deepEqual(strangers, [], 'nothing was asked of others');
          await close();
        });
      }
    }
  }

  it('shows tabs one at a time, by mouse, by keyboard and by address', async () => {
    const { page, observed, close } = await open('/one-column', { viewport: { width: 1000, height: 800 } });
    const links = page.locator('.w-tabs-link');
    assert.deepEqual([await selected(page), await page.locator('.w-tab:visible').count()], ['Sun', 1]);
    await links.nth(1).click();
    const hash = await links.nth(1).getAttribute('href');
    assert.deepEqual([await selected(page), new URL(page.url()).hash], ['Rain', hash]);
    for (const [key, title] of [
      ['ArrowRight', 'Snow'],
      ['ArrowRight', 'Sun'],
      ['ArrowLeft', 'Snow'],
      ['Home', 'Sun'],
      ['End', 'Snow'],
    ] as const) {
      await page.keyboard.press(key);
      assert.equal(await selected(page), title, key);
      assert.equal(await page.evaluate(() => document.activeElement?.textContent), title, key);
    }
    await page.keyboard.press('Tab');
    assert.equal(await page.evaluate(() => document.activeElement?.getAttribute('role')), 'tabpanel');
    await page.evaluate((to) => {
      location.hash = to ?? '';
    }, hash);
    await page.waitForFunction(
      () => document.querySelector('[aria-selected="true"]')?.textContent === 'Rain',
    );
    await page.emulateMedia({ media: 'print' });
    assert.equal(await page.locator('.w-tab:visible').count(), 3, 'all are on paper');
    assert.deepEqual(observed, { console: [], failures: [] });
    await close();

    const again = await open(`/one-column${hash}`);
    assert.equal(await selected(again.page), 'Rain');
    await again.close();
  });

  it('shows all tabs, and links to videos, without a script', async () => {
    const { page, strangers, close } = await open('/one-column', { javaScriptEnabled: false });
    assert.equal(await shownTabs(page), 3);
    assert.equal(await page.locator('.w-video-link:visible').count(), 2);
    assert.equal(await page.locator('.w-video-play:visible').count(), 0);
    assert.deepEqual(strangers, []);
    await close();
  });

  it('loads a video when somebody asks for it, and not before', async () => {
    const { page, strangers, observed, close } = await open('/two-columns', {
      viewport: { width: 1000, height: 800 },
    });
    const buttons = page.getByRole('button', { name: 'Play the video' });
    assert.deepEqual([await buttons.count(), strangers], [2, []]);
    await buttons.first().click();
    await buttons.first().press('Enter');
    const frames = page.locator('iframe');
    await frames.nth(1).waitFor();
    assert.deepEqual(
      await frames.evaluateAll((all) =>
        all.map((frame) => [frame.getAttribute('src'), frame.getAttribute('title')]),
      ),
      [
        ['https://www.youtube-nocookie.com/embed/aqz-KE-bpKQ?autoplay=1', 'Rabbits'],
        ['https://player.vimeo.com/video/76979871?autoplay=1&dnt=1', 'Hills'],
      ],
    );
    const sizes = await frames.evaluateAll((all) =>
      all.map(({ clientWidth, clientHeight }) => clientWidth / clientHeight),
    );
    for (const ratio of sizes) assert.ok(Math.abs(ratio - 16 / 9) < 0.1, String(ratio));
    assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'IFRAME');
    assert.deepEqual(observed, { console: [], failures: [] });
    await close();
  });
});
