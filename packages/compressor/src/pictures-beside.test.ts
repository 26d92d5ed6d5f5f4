import assert from 'node:assert/strict';
import { rename } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { runIn } from './cli/run-fixture.ts';
import { checkSite } from './compress-site.ts';
import type { Mode } from './config/config.ts';
import { resolveConfig } from './config/resolve.ts';
import { silentLogger } from './log.ts';
import { compressFiles, compressFolder, contentsOf, manifestOf } from './testing/offline-site.ts';
import { createFolder, startSite, type TestFolder, type TestSite, urlsIn } from './testing/site.ts';

const MARK = '<svg xmlns="http://www.w3.org/2000/svg"/>';
const SHEET = '@use "../shared"; .show { background: url(./mark.svg) }';
/** A site whose own package keeps pictures beside a style sheet, in no static folder. */
const FILES = {
  'package.json': '{"name":"the-site","exports":{}}',
  'widgets/show/style.scss': SHEET,
  'widgets/show/mark.svg': MARK,
  'widgets/show/render.liquid': 'private',
  'widgets/show/other.svg': 'named by nobody',
  'widgets/_shared.scss': '.shared { background: url(shared.png) }',
  'widgets/shared.png': 'png',
  'static/logo.svg': MARK,
  'templates/page.liquid':
    '{% compress css %}<link rel="stylesheet" href="npm:the-site/widgets/show/style.scss">{% endcompress %}',
};
const INPUTS = [
  './widgets/_shared.scss',
  './widgets/shared.png',
  './widgets/show/mark.svg',
  './widgets/show/style.scss',
];

/** The bytes of the pictures of a page, each asked for at another server than the style sheet, by plain name. */
async function picturesOf(
  html: string,
  sheets: TestSite,
  pictures = sheets,
): Promise<Record<string, string>> {
  const url = urlsIn(html).find((each) => each.endsWith('.css')) ?? '';
  const sheet = await sheets.get(url);
  assert.equal(sheet.status, 200, url);
  const shown: Record<string, string> = {};
  for (const [, name = ''] of sheet.text.matchAll(/url\("?([^")]+)"?\)/g)) {
    const answer = await pictures.get(new URL(name, `http://x${url}`).pathname);
    assert.equal(answer.status, 200, name);
    assert.match(answer.headers['cache-control'] ?? '', /immutable/);
    shown[name.replace(/\.[0-9a-f]{16}\./, '.')] = answer.text;
  }
  return shown;
}

/**
 * The page once a change of a file shows in it. What is not in a watched folder is watched some time after it was first read, so
 * the file is written until then, each time with other content.
 */
async function afterWriting(
  folder: TestFolder,
  site: TestSite,
  name: string,
  content: string,
  hasChanged: (page: string) => boolean,
): Promise<string> {
  for (let count = 1; ; count += 1) {
    await folder.replace(name, `${content}${name.endsWith('.svg') ? `<!-- ${count} -->` : `/* ${count} */`}`);
    await sleep(100);
    const page = await site.compressor.render('page.liquid');
    if (hasChanged(page)) return page;
  }
}

describe('pictures beside a style sheet that lies in no static folder', () => {
  it('are shown in development, and by servers that share only the secret and the sources', async () => {
    const expected = { 'mark.svg': MARK, 'shared.png': 'png' };
    await using here = await createFolder(FILES);
    await using there = await createFolder(FILES);
    await using development = await startSite(here, { mode: 'development' });
    assert.deepEqual(
      await picturesOf(await development.compressor.render('page.liquid'), development),
      expected,
    );
    await using a = await startSite(here);
    await using b = await startSite(there, { output: { directory: 'output-b' } });
    await using c = await startSite(there);
    assert.deepEqual(await picturesOf(await a.compressor.render('page.liquid'), b, c), expected);
    assert.deepEqual([development.log, a.log, b.log, c.log], [[], [], [], []]);
  });

  it('are shown offline when their sources are gone', async () => {
    const { folder: made, findings } = await compressFiles(FILES);
    await using folder = made;
    assert.deepEqual(findings, []);
    assert.deepEqual(Object.keys((await manifestOf(folder)).inputs).sort(), INPUTS);
    await rename(join(folder.path, 'widgets'), join(folder.path, 'gone'));
    await using site = await startSite(folder, { mode: 'offline' });
    assert.deepEqual(await picturesOf(await site.compressor.render('page.liquid'), site), {
      'mark.svg': MARK,
      'shared.png': 'png',
    });
    assert.deepEqual([site.log, site.built], [[], []]);
  });

  it('are what check says the block was built from', async () => {
    await using folder = await createFolder(FILES);
    const config = resolveConfig({ mode: 'offline', logger: silentLogger, cache: false }, folder.path);
    const { groups, diagnostics } = await checkSite(config);
    assert.deepEqual(diagnostics, []);
    const names = [...groups.values()].flatMap(({ parts }) =>
      parts.flatMap(({ part }) => [...part.inputs.values()].map(({ name }) => name)),
    );
    assert.deepEqual(names.sort(), INPUTS);
  });

  it('are all that collect publishes of their folder, and gc keeps them', async () => {
    const config = { 'compressor.config.mjs': "export default { mode: 'offline' };" };
    await using folder = await createFolder({ ...FILES, ...config });
    const published = async () =>
      Object.keys(await contentsOf(join(folder.path, 'public/assets')))
        .filter((name) => /\.(?!br$|zst$|gz$|dc)\w+$/.test(name) && !name.startsWith('releases/'))
        .map((name) => name.replace(/[0-9a-f]{16}/, '#'))
        .sort();
    assert.equal((await runIn(folder, 'collect')).status, 0);
    const before = await published();
    assert.deepEqual(before, ['mark.#.svg', 'shared.#.png', 'static/logo.#.svg', 'style.#.css']);
    assert.equal((await runIn(folder, 'gc', '--keep', '1', '--older-than', '0s')).status, 0);
    assert.deepEqual(await published(), before);
  });

  it('are built again when they change, from a build cache too', async () => {
    await using folder = await createFolder(FILES);
    const options = { cache: true };
    await compressFolder(folder, {}, options);
    const { artifacts: before } = await manifestOf(folder);
    await folder.write({ 'widgets/show/mark.svg': `${MARK}<!-- new -->` });
    await compressFolder(folder, {}, options);
    const { artifacts: after } = await manifestOf(folder);
    const changed = Object.keys(after).filter((name) => !Object.hasOwn(before, name));
    assert.deepEqual(changed.map((name) => name.replace(/[0-9a-f]{16}/, '#')).sort(), [
      'mark.#.svg',
      'style.#.css',
    ]);
  });

  for (const mode of ['development', 'in-request'] as const satisfies readonly Mode[]) {
    it(`have another URL when they change, in the mode ${mode}`, async () => {
      await using folder = await createFolder(FILES);
      await using site = await startSite(folder, { mode });
      const before = await site.compressor.render('page.liquid');
      const html = await afterWriting(folder, site, 'widgets/show/mark.svg', MARK, (page) => page !== before);
      assert.match((await picturesOf(html, site))['mark.svg'] ?? '', /<!-- \d+ -->$/);
    });

    const mendings: readonly [how: string, broken: string, name: string, content: string][] = [
      ['the picture comes', SHEET, 'widgets/show/mark.svg', MARK],
      [
        'the style sheet is corrected',
        '.show { color: $none }',
        'widgets/show/style.scss',
        SHEET.replace('mark', 'other'),
      ],
    ];
    for (const [how, broken, name, content] of mendings) {
      it(`are shown after a bad start, as soon as ${how}, in the mode ${mode}`, async () => {
        const { 'widgets/show/mark.svg': _, ...files } = FILES;
        await using folder = await createFolder({ ...files, 'widgets/show/style.scss': broken });
        await using site = await startSite(folder, { mode });
        assert.match(await site.compressor.render('page.liquid'), /href="npm:the-site/);
        const html = await afterWriting(folder, site, name, content, (page) => !page.includes('href="npm:'));
        assert.equal(Object.keys(await picturesOf(html, site)).length, 2);
      });
    }
  }

  it('are located where one is missing', async () => {
    const { folder, findings } = await compressFiles({
      ...FILES,
      'widgets/show/style.scss': '\n.a { b: url(none.svg) }',
    });
    await using _ = folder;
    assert.deepEqual(findings, [
      'error reference-missing page.liquid:1:1 ./widgets/show/style.scss:2:6: there is no file "none.svg"',
    ]);
  });
});
