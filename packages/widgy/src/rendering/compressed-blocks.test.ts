import assert from 'node:assert/strict';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { describe, it } from 'node:test';
import {
  type Compressor,
  type Config,
  compressSite,
  createCompressor,
  resolveConfig,
  silentLogger,
} from '@widgy/compressor';
import { Liquid } from 'liquidjs';
import { z } from 'zod';
import { createTree, createWidget } from '../tree/index.ts';
import { defineSite, defineWidget, widgetForm } from '../widgets/index.ts';
import { linkPackage, siteFolder } from '../widgets/site-fixture.ts';
import { createRenderer, type Renderer, type RendererOptions, renderWidgetForm } from './index.ts';

const FILES = {
  'package.json': '{"name":"the-site","type":"module","exports":{}}',
  'templates/page.liquid': '<body>{% render_root tree %}</body>',
  'templates/other.liquid': '{% render_root tree %}{% render_root aside %}',
  'widgets/card/render.liquid':
    '{% compress css %}<link rel="stylesheet" href="{% static \'card.css\' %}">{% endcompress %}<p>{{ fields.text | counted }}</p>{% for child in children %}{% render child %}{% endfor %}{% render \'foot\' %}',
  'widgets/card/foot.liquid':
    '{% compress js %}<script src="{% static \'foot.js\' %}"></script>{% endcompress %}',
  'node_modules/kit/package.json': '{"name":"kit","exports":{"./widgets":"./dist/index.js"}}',
  'node_modules/kit/dist/map/render.liquid':
    '{% for child in slots.legend %}{% render child %}{% endfor %}{% compress css %}<link rel="stylesheet" href="{% static \'map.css\' %}">{% endcompress %}',
  'static/card.css': '.card { color: teal }',
  'static/map.css': '.map { color: navy }',
  'static/foot.js': 'document.title = "foot";',
};

const TREE = createTree(
  createWidget({
    id: 'one',
    type: 'card',
    fields: { text: 'One' },
    children: [createWidget({ id: 'two', type: 'map' })],
  }),
);

function rendererIn(folder: string, options: Partial<RendererOptions> = {}) {
  const card = defineWidget({
    type: 'card',
    label: 'Card',
    fields: z.object({ text: z.string().default('') }),
    children: { accept: ['map'] },
    directory: join(folder, 'widgets/card'),
  });
  const map = defineWidget({
    type: 'map',
    label: 'Map',
    children: { accept: [], slots: [{ name: 'legend', accept: ['card'] }] },
    directory: join(folder, 'node_modules/kit/dist/map'),
  });
  const engine = new Liquid({ root: join(folder, 'templates'), extname: '.liquid', outputEscape: 'escape' });
  engine.registerFilter('counted', (value) => value);
  return createRenderer({
    site: defineSite({ folder, widgets: [card, map] }),
    engine,
    onFailure(failure) {
      throw failure.error;
    },
    ...options,
  });
}

async function compressorIn(
  folder: string,
  mode: Config['mode'],
  options: Partial<RendererOptions> = {},
  isCompressing = false,
) {
  const renderer = rendererIn(folder, options);
  const config = configOf(folder, mode, renderer);
  if (isCompressing && mode === 'offline') {
    await compressSite(configOf(folder, mode, rendererIn(folder)), { encodings: false });
  }
  return { renderer, compressor: await createCompressor(config) };
}

function configOf(folder: string, mode: Config['mode'], { engine, folders }: Renderer, context = {}) {
  const config: Config = {
    ...(mode === undefined ? {} : { mode }),
    logger: silentLogger,
    cache: false,
    secret: 'a secret of the tests that is long enough',
    templates: { engine: () => engine, watch: folders },
    offline: { context },
  };
  return resolveConfig(config, folder);
}

const linksIn = (page: string) => [...page.matchAll(/(?:href|src)="([^"]*)"/g)].map(([, url = '']) => url);

async function bodyOf(compressor: Compressor, url: string): Promise<string> {
  const answer = await compressor.handle({ method: 'GET', url, headers: {} });
  assert.equal(answer?.status, 200, url);
  const chunks: Buffer[] = [];
  const { body } = answer;
  if (typeof body === 'string' || body instanceof Uint8Array) return Buffer.from(body).toString();
  for await (const chunk of body ?? []) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString();
}

/** The first thing that an open page is told. */
async function firstEvent(stream: Readable): Promise<unknown> {
  let text = '';
  for await (const chunk of stream) {
    text += String(chunk);
    const [, data] = /^data: (.*)\n/m.exec(text) ?? [];
    if (data !== undefined) return JSON.parse(data);
  }
  return assert.fail(`the stream ended: ${text}`);
}

describe('compress in the templates of widgets', () => {
  it('keeps elements one to one in development', async () => {
    const folder = await siteFolder(FILES);
    const { compressor } = await compressorIn(folder, 'development', { isDevelopment: true });
    const page = await compressor.render('page.liquid', { tree: TREE });
    await compressor.close();
    assert.match(page, /<link rel="stylesheet" href="[^"]*card[^"]*">.*<p>One<\/p>.*map[^"]*\.css.*foot/s);
    assert.equal(page.match(/live-reload/g)?.length, 1, page);
  });

  for (const name of ['render', 'foot']) {
    it(`reloads open pages when ${name}.liquid beside a widget changes, and shows it`, async () => {
      const folder = await siteFolder({
        ...FILES,
        'widgets/card/render.liquid': `old render {% render 'foot' %}`,
        'widgets/card/foot.liquid': 'old foot',
      });
      const { compressor } = await compressorIn(folder, 'development', { isDevelopment: true });
      const render = () => compressor.render('page.liquid', { tree: TREE });
      assert.match(await render(), new RegExp(`old ${name}`));
      const stream = await compressor.handle({ method: 'GET', url: '/assets/live-reload', headers: {} });
      assert.ok(stream?.body instanceof Readable);
      await writeFile(join(folder, `widgets/card/${name}.liquid`), 'new');
      assert.deepEqual(await firstEvent(stream.body), { type: 'reload' });
      assert.match(await render(), /new/);
      await compressor.close();
    });
  }

  it('makes bundles in the request that shows them', async () => {
    const folder = await siteFolder(FILES);
    const { compressor } = await compressorIn(folder, 'in-request');
    const page = await compressor.render('page.liquid', { tree: TREE });
    const bodies = await Promise.all(linksIn(page).map((url) => bodyOf(compressor, url)));
    await compressor.close();
    assert.deepEqual(
      bodies.map((body) => body.match(/\.card|\.map|foot/)?.[0]),
      ['.card', '.map', 'foot'],
    );
  });

  it('finds all blocks ahead of time, through the page that shows a tree', async () => {
    const folder = await siteFolder(FILES);
    await linkPackage(folder, 'liquidjs');
    const found = await compressSite(configOf(folder, 'offline', rendererIn(folder)), {
      encodings: false,
    });
    assert.deepEqual(found.diagnostics, []);
    assert.equal(found.analysis.blocks, 3);
    const manifest = await readFile(join(folder, 'compressor.manifest.json'), 'utf8');
    assert.ok(!manifest.includes(folder), 'the manifest has no path of this machine');

    await rename(join(folder, 'static'), join(folder, 'gone'));
    const { compressor } = await compressorIn(folder, 'offline', { hasFixedAssets: true });
    const page = await compressor.render('page.liquid', { tree: TREE });
    await compressor.close();
    const links = linksIn(page);
    assert.equal(links.length, 3);
    for (const url of links) assert.match(url, /^\/assets\/[\w.-]+\.(?:css|js)$/);
  });

  it('finds each block once where widgets show other trees, which may hold such widgets', async () => {
    const shared = '{% if fields.text %}{% render_root aside %}{% endif %}{% render_root aside %}';
    const folder = await siteFolder({
      ...FILES,
      'widgets/card/render.liquid': `${shared}${FILES['widgets/card/render.liquid']}`,
      'widgets/card/preview.liquid': shared,
      'node_modules/kit/dist/map/preview.liquid': shared,
    });
    await linkPackage(folder, 'liquidjs');
    const found = await compressSite(configOf(folder, 'offline', rendererIn(folder)), { encodings: false });
    assert.deepEqual(found.diagnostics, []);
    assert.equal(found.analysis.blocks, 3);
  });

  it('is found ahead of time in the template of an edit form, too', async () => {
    const block = '{% compress css %}<style>.edit { color: red }</style>{% endcompress %}{{ form }}';
    const folder = await siteFolder({ ...FILES, 'widgets/card/edit.liquid': block });
    const { compressor, renderer } = await compressorIn(folder, 'offline', {}, true);
    const form = widgetForm(renderer.site, 'card', { text: 'One' });
    const shown = (await renderWidgetForm(renderer, form)).toString();
    await compressor.close();
    assert.match(shown, /^<link [^>]*href="\/assets\/[^"]*\.css"[^>]*><div class="widgy-field"/);
  });

  it('is built ahead of time as it is in the request', async () => {
    const folder = await siteFolder(FILES);
    await compressSite(configOf(folder, 'offline', rendererIn(folder)), { encodings: false });
    const texts: string[][] = [];
    for (const mode of ['offline', 'in-request'] as const) {
      const { compressor } = await compressorIn(folder, mode);
      const page = await compressor.render('page.liquid', { tree: TREE });
      texts.push(await Promise.all(linksIn(page).map((url) => bodyOf(compressor, url))));
      await compressor.close();
    }
    assert.equal(texts[0]?.length, 3);
    assert.deepEqual(texts[0], texts[1]);
  });

  const refused: readonly [what: string, template: string, code: string, place: string][] = [
    [
      'a block needs a field',
      '\n{% compress css %}<style>{{ fields.text }}</style>{% endcompress %}',
      'variable-missing',
      'widgets/card/render.liquid:2',
    ],
    ['a template cannot be parsed', '\n {% nonsense %}', 'template-syntax', 'widgets/card/render.liquid:2'],
  ];
  for (const [what, template, code, place] of refused) {
    it(`is told ahead of time where ${what}, and the other types are looked at`, async () => {
      const folder = await siteFolder({ ...FILES, 'widgets/card/render.liquid': template });
      const config = configOf(folder, 'offline', rendererIn(folder));
      const { diagnostics, analysis } = await compressSite(config, { encodings: false });
      assert.deepEqual(
        diagnostics.map((found) => [found.code, `${found.template}:${found.line}`]),
        [[code, place]],
      );
      assert.ok(analysis.blocks >= 1);
    });
  }

  it('sees what the page has, ahead of time too', async () => {
    const block = '{% compress css %}<style>.a { color: {{ settings.ink }} }</style>{% endcompress %}';
    const folder = await siteFolder({ ...FILES, 'widgets/card/render.liquid': block });
    const { renderer } = await compressorIn(folder, 'development');
    const config = configOf(folder, 'offline', renderer, { settings: { ink: 'teal' } });
    assert.deepEqual((await compressSite(config, { encodings: false })).diagnostics, []);
    const { compressor } = await compressorIn(folder, 'offline');
    const page = await compressor.render('page.liquid', { tree: TREE, settings: { ink: 'teal' } });
    assert.match(page, /<link [^>]*href="\/assets\/[^"]*\.css"/);
    await compressor.close();
  });

  for (const [mode, hasFixedAssets] of [
    ['offline', true],
    ['in-request', false],
  ] as const) {
    it(`has the nonce of each request, ${mode}, ${hasFixedAssets ? 'in HTML that is kept' : 'in HTML that is not kept'}`, async () => {
      const folder = await siteFolder(FILES);
      const { compressor, renderer } = await compressorIn(
        folder,
        mode,
        { hasFixedAssets, pure: ['counted'] },
        true,
      );
      let count = 0;
      renderer.engine.registerFilter('counted', (value) => {
        count += 1;
        return value;
      });
      for (const nonce of ['abcdefgh', 'ijklmnop', undefined]) {
        const page = await compressor.render('page.liquid', { tree: TREE }, { nonce });
        const nonces = [...page.matchAll(/nonce="([^"]*)"/g)].map(([, value]) => value);
        assert.deepEqual(nonces, nonce === undefined ? [] : [nonce, nonce, nonce]);
      }
      await compressor.close();
      assert.equal(count, hasFixedAssets ? 2 : 3);
    });
  }
});
