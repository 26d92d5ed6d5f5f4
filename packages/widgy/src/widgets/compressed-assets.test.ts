import assert from 'node:assert/strict';
import { readdir, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { type Config, compressSite, createCompressor, resolveConfig, silentLogger } from '@widgy/compressor';
import { defineWidget, extendWidget } from './define-widget.ts';
import { defineSite, type Site } from './site.ts';
import { linkPackage, siteFolder } from './site-fixture.ts';

const FILES = {
  'package.json': '{"name":"the-site","type":"module","exports":{}}',
  'widgets/slideshow/style.scss': '@use "../../styles/colours";\n.slideshow { color: colours.$ink }',
  'widgets/slideshow/client.ts': 'document.title = ("slideshow" as string);',
  'widgets/slideshow/editor.scss': '.slideshow { outline: 1px solid }',
  'widgets/slideshow/editor.ts': 'document.title = "editor of slideshow";',
  'widgets/quote/style.css': '.quote { background: url(/static/mark.svg) }',
  'static/mark.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  'widgets/plain/render.liquid': '<hr>',
  'styles/_colours.scss': '$ink: teal;',
  'node_modules/kit/package.json': '{"name":"kit","exports":{"./widgets":"./dist/index.js"}}',
  'node_modules/kit/dist/map/style.less': '@w: 3px; .map { width: @w; background: url(pin.svg) }',
  'node_modules/kit/dist/map/pin.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>',
  'node_modules/kit/dist/map/client.js': 'document.title = "map";',
  'templates/page.liquid': `{% compress css %}
{% for name in site.styles %}<link rel="stylesheet" href="{{ name }}">
{% endfor %}{% endcompress %}
{% compress js %}
{% for name in site.scripts %}<script type="module" src="{{ name }}"></script>
{% endfor %}{% endcompress %}`,
  'templates/editor.liquid': `{% compress css %}
{% for name in site.editorStyles %}<link rel="stylesheet" href="{{ name }}">{% endfor %}
{% endcompress %}
{% compress js %}
{% for name in site.editorScripts %}<script type="module" src="{{ name }}"></script>{% endfor %}
{% endcompress %}`,
};

const NAMES = {
  styles: [
    'npm:kit/dist/map/style.less',
    'npm:the-site/widgets/quote/style.css',
    'npm:the-site/widgets/slideshow/style.scss',
  ],
  scripts: ['npm:kit/dist/map/client.js', 'npm:the-site/widgets/slideshow/client.ts'],
  editorStyles: ['npm:the-site/widgets/slideshow/editor.scss'],
  editorScripts: ['npm:the-site/widgets/slideshow/editor.ts'],
};

function siteIn(folder: string, isTurned = false): Site {
  const of = (type: string, directory: string) =>
    defineWidget({ type, label: type, files: [], directory: join(folder, directory) });
  const widgets = [
    of('slideshow', 'widgets/slideshow'),
    of('quote', 'widgets/quote'),
    of('plain', 'widgets/plain'),
    of('maps/map', 'node_modules/kit/dist/map'),
  ];
  return defineSite({ folder, widgets: isTurned ? widgets.toReversed() : widgets });
}

const namesOf = ({ styles, scripts, editorStyles, editorScripts }: Site) => ({
  styles,
  scripts,
  editorStyles,
  editorScripts,
});

describe('styles and scripts of widgets', () => {
  it('have the same names in the same order on every machine', async () => {
    const [one, other] = [await siteFolder(FILES), await siteFolder(FILES)];
    assert.deepEqual(namesOf(siteIn(one)), NAMES);
    assert.deepEqual(namesOf(siteIn(other, true)), NAMES);
  });

  it('are found by the compressor, offline and in development, with the site as context', async () => {
    const folder = await siteFolder(FILES);
    for (const name of ['sass-embedded', 'less', 'liquidjs']) await linkPackage(folder, name);
    const site = siteIn(folder);
    const config: Config = {
      mode: 'offline',
      logger: silentLogger,
      cache: false,
      offline: { context: { site } },
    };
    const { diagnostics, analysis } = await compressSite(resolveConfig(config, folder), { encodings: false });
    assert.deepEqual(diagnostics, []);
    assert.equal(analysis.blocks, 4);

    // Offline, nothing but the manifest and the artifacts is read.
    await rename(join(folder, 'widgets'), join(folder, 'gone'));
    const offline = await createCompressor(resolveConfig(config, folder));
    const pages = [
      await offline.render('page.liquid', { site }),
      await offline.render('editor.liquid', { site }),
    ];
    await offline.close();
    await rename(join(folder, 'gone'), join(folder, 'widgets'));
    assert.deepEqual(
      pages.map((page) => page.match(/<(?:link|script)/g)),
      [
        ['<link', '<script'],
        ['<link', '<script'],
      ],
    );
    const assets = join(folder, 'public/assets');
    const built = (await readdir(assets)).filter((name) => /\.(?:css|js)$/.test(name)).sort();
    const texts = await Promise.all(built.map((name) => readFile(join(assets, name), 'utf8')));
    for (const part of [
      /\.map ?\{/,
      /width:3px/,
      /\.quote\{/,
      /\.slideshow\{color:teal\}/,
      /title=.slideshow\b/,
      /title=.map\b/,
      /title=.editor of slideshow\b/,
    ]) {
      assert.ok(
        texts.some((text) => part.test(text)),
        `${part} is in none of ${built.join(', ')}`,
      );
    }

    const development = await createCompressor(
      resolveConfig({ mode: 'development', logger: silentLogger }, folder),
    );
    const page = await development.render('page.liquid', { site });
    await development.close();
    assert.equal(page.match(/<link rel="stylesheet"/g)?.length, NAMES.styles.length);
  });

  it('make no definition and no template public', async () => {
    const folder = await siteFolder(FILES);
    const compressor = await createCompressor(
      resolveConfig({ mode: 'development', logger: silentLogger }, folder),
    );
    for (const url of [
      '/static/widgets/plain/render.liquid',
      '/static/npm:the-site/widgets/plain/render.liquid',
    ]) {
      assert.equal((await compressor.handle({ method: 'GET', url, headers: {} }))?.status, 404, url);
    }
    await compressor.close();
  });

  it('are those of the nearest folder, for a type that is extended', async () => {
    const folder = await siteFolder({ ...FILES, 'mine/style.css': '.slideshow {}' });
    const base = defineWidget({
      type: 'w',
      label: 'W',
      files: [],
      directory: join(folder, 'widgets/slideshow'),
    });
    const site = defineSite({ folder, widgets: [extendWidget(base, { directory: join(folder, 'mine') })] });
    assert.deepEqual(namesOf(site), {
      ...NAMES,
      styles: ['npm:the-site/mine/style.css'],
      scripts: ['npm:the-site/widgets/slideshow/client.ts'],
    });
  });

  const unreachable: readonly [what: string, manifest: string, message: RegExp][] = [
    [
      'has no name',
      '{"type":"module"}',
      /in no package with a name.*Give the package\.json of the site a name/s,
    ],
    [
      'cannot name itself',
      '{"name":"the-site"}',
      /does not reach the package "the-site".*Add "exports": \{\} to/s,
    ],
    ['is no JSON', '{"name":', /package\.json cannot be read: .*Correct the file/s],
  ];
  for (const [what, manifest, message] of unreachable) {
    it(`are refused where the site’s package ${what}`, async () => {
      const folder = await siteFolder({ ...FILES, 'package.json': manifest });
      assert.throws(() => siteIn(folder), { code: 'folder-unreachable', message });
    });
  }

  it('are refused in a package that the site does not have', async () => {
    const folder = await siteFolder(FILES);
    const elsewhere = await siteFolder({ 'package.json': '{"name":"kit-2"}', 'w/style.css': '' });
    const broken = await siteFolder({ 'package.json': '{"name":', 'style.css': '' });
    const stranger = defineWidget({ type: 'w', label: 'W', files: [], directory: join(elsewhere, 'w') });
    assert.throws(() => defineSite({ folder, widgets: [stranger] }), {
      code: 'folder-unreachable',
      help: 'Add "kit-2" to the dependencies of the site.',
    });
    const unnamed = defineWidget({ type: 'w', label: 'W', files: [], directory: broken });
    assert.throws(() => defineSite({ folder, widgets: [unnamed] }), {
      code: 'folder-unreachable',
      message: /package\.json cannot be read: .*JSON/,
    });
  });
});
