import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { type Config, compressSite, createCompressor, resolveConfig, silentLogger } from '@widgy/compressor';
import { Liquid } from 'liquidjs';
import { createRenderer } from '../rendering/renderer.ts';
import { createTree } from '../tree/tree.ts';
import { createWidget } from '../tree/widget.ts';
import { defineSite } from '../widgets/site.ts';
import { linkPackage, siteFolder } from '../widgets/site-fixture.ts';
import * as all from './index.ts';
import { library, libraryKinds, unsafeKinds } from './library.ts';

const PAGE = `{% compress css %}
{% for name in site.styles %}<link rel="stylesheet" href="{{ name }}">
{% endfor %}{% endcompress %}
{% compress js %}
{% for name in site.scripts %}<script type="module" src="{{ name }}"></script>
{% endfor %}{% endcompress %}
{% render_root tree %}`;

/** A site that has widgy among its packages, and nothing but the library. */
async function siteWithLibrary() {
  const folder = await siteFolder({
    'package.json': '{"name":"the-site","type":"module","exports":{}}',
    'templates/page.liquid': PAGE,
  });
  for (const name of ['widgy', 'liquidjs']) await linkPackage(folder, name);
  const site = defineSite({ folder, widgets: library, kinds: libraryKinds });
  const failures: unknown[] = [];
  const engine = new Liquid({ root: join(folder, 'templates'), extname: '.liquid', outputEscape: 'escape' });
  const renderer = createRenderer({ site, engine, onFailure: (failure) => failures.push(failure) });
  return { folder, site, renderer, failures };
}

const tree = createTree(
  createWidget({
    id: 'page',
    type: 'one-column',
    children: library
      .filter(({ type, rules }) => rules.isRootChoice !== true && type !== 'page')
      .map(({ type }) => createWidget({ id: type, type, slot: 'main' })),
  }),
);

describe('the library', () => {
  it('is everything that is exported, but for what has to be asked for', () => {
    const exported = Object.values(all).filter((value) => typeof value === 'object' && 'rules' in value);
    assert.deepEqual(
      exported.filter((type) => !library.includes(type)).map(({ type }) => type),
      ['unsafe-html'],
    );
    assert.deepEqual(
      library.filter((type) => !exported.includes(type)),
      [],
    );
    const kinds = [...Object.keys(libraryKinds), ...Object.keys(unsafeKinds)];
    assert.equal(new Set(kinds).size, kinds.length);
  });

  it('makes a site, whose styles and scripts are compressed ahead of time', async () => {
    const { folder, site, renderer, failures } = await siteWithLibrary();
    assert.equal(site.styles.length, library.length);
    assert.ok(site.styles.every((name) => /^npm:widgy\/src\/library\/[a-z-]+\/style\.css$/.test(name)));
    assert.deepEqual(site.scripts, [
      'npm:widgy/src/library/tabs/client.ts',
      'npm:widgy/src/library/video/client.ts',
    ]);
    const config: Config = {
      mode: 'offline',
      logger: silentLogger,
      cache: false,
      templates: { engine: () => renderer.engine },
      offline: { context: { site } },
    };
    const { diagnostics, analysis } = await compressSite(resolveConfig(config, folder), { encodings: false });
    assert.deepEqual(diagnostics, []);
    assert.equal(analysis.blocks, 2);

    const compressor = await createCompressor(resolveConfig(config, folder));
    const page = await compressor.render('page.liquid', { site, tree });
    await compressor.close();
    assert.deepEqual(failures, []);
    assert.match(page, /<div class="w-one-column">/);
    assert.deepEqual(page.match(/<link rel="stylesheet"|<script type="module"/g), [
      '<link rel="stylesheet"',
      '<script type="module"',
    ]);

    const assets = join(folder, 'public/assets');
    const names = (await readdir(assets)).filter((name) => /\.(?:css|js)$/.test(name)).sort();
    const texts = await Promise.all(names.map((name) => readFile(join(assets, name), 'utf8')));
    const css = texts.find((text) => text.includes('.w-one-column')) ?? assert.fail('no style sheet');
    for (const { type } of library.filter(({ type }) => !['text', 'markdown', 'html'].includes(type)))
      assert.match(css, new RegExp(`\\.w-${CLASSES.get(type) ?? type}\\b`), type);
    assert.match(css, /\.w-prose\b/);
    assert.doesNotMatch(css, /url\(|@import/, 'nothing is loaded');
    const script = texts.find((text) => text.includes('w-video')) ?? assert.fail('no script');
    assert.match(script, /w-tabs-ready/);
    assert.doesNotMatch(
      script,
      /innerHTML|insertAdjacentHTML|document\.write|\beval\b|new Function|localStorage/,
    );
  });

  it('is compiled one by one in development', async () => {
    const { folder, site, renderer } = await siteWithLibrary();
    const config: Config = {
      mode: 'development',
      logger: silentLogger,
      templates: { engine: () => renderer.engine },
    };
    const compressor = await createCompressor(resolveConfig(config, folder));
    const page = await compressor.render('page.liquid', { site, tree });
    const urls = [...page.matchAll(/(?:href|src)="([^"]*\/(?:style|client)[^"]*)"/g)].map(
      ([, url = '']) => url,
    );
    assert.equal(urls.length, site.styles.length + site.scripts.length);
    for (const url of urls) {
      const answer = await compressor.handle({ method: 'GET', url, headers: {} });
      assert.equal(answer?.status, 200, url);
    }
    await compressor.close();
  });

  it('has styles for its own classes alone, which follow the site in what is its matter', () => {
    for (const file of globSync('**/*.css', { cwd: import.meta.dirname })) {
      const css = readFileSync(join(import.meta.dirname, file), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
      for (const [, name = ''] of css.matchAll(/\.([a-z][\w-]*)/g))
        if (!/\.css$/.test(`.${name}`)) assert.match(name, /^w-/, file);
      // Selectors of elements alone would reach what is not the library's.
      assert.doesNotMatch(css, /^[a-z*][^{;]*\{/m, file);
      assert.doesNotMatch(
        css,
        /!important|#[0-9a-f]{3,8}\b|\brgba?\(|\bhsla?\(|(?<!-)\b(?:white|black|red)\b(?!-)/,
        file,
      );
      for (const [, property = '', fallback] of css.matchAll(/var\((--[\w-]+)(,)?/g)) {
        const isOwn = css.includes(`${property}:`);
        assert.ok(isOwn || fallback !== undefined, `${property} has no value of its own in ${file}`);
      }
    }
  });
});

/** Classes that are not called as their types. */
const CLASSES: ReadonlyMap<string, string> = new Map([['callout', 'callout-box']]);
