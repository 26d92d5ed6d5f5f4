import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import type { Mode } from '../config/config.ts';
import { createBuildSite } from '../testing/build-site.ts';
import { compressFolder, contentsOf } from '../testing/offline-site.ts';
import { createFolder, startSite, urlsIn } from '../testing/site.ts';
import { dataUri } from './data-uri.ts';

const SVG = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text>50% (é)</text></svg>';
const SIZE = Buffer.byteLength(SVG);
const PNG = Buffer.from('iVBORw0KGgo=', 'base64');
const FILES = { 'i/p.svg': SVG, 'i/p.png': PNG, 'i/f.woff2': Buffer.from('wOF2'), 'i/x.css': 'a{}' };

describe('dataUri', () => {
  it('means the bytes it was made from', async () => {
    const bytes = fc.oneof(
      fc.uint8Array().map((array) => Buffer.from(array)),
      fc.string({ unit: 'binary' }).map((text) => Buffer.from(text)),
    );
    const names = fc.constantFrom('p.svg', 'p.png', 'f.woff2');
    await fc.assert(
      fc.asyncProperty(names, bytes, async (name, content) => {
        const uri = dataUri({ name, bytes: content });
        assert.doesNotMatch(uri, /[\n\r\f"'\\]/);
        const response = await fetch(uri);
        assert.deepEqual(Buffer.from(await response.arrayBuffer()), content);
      }),
    );
  });

  it('is the shorter one for SVG', () => {
    const cases: readonly (readonly [text: string, encoding: RegExp])[] = [
      [SVG, /^data:image\/svg\+xml,<svg xmlns=%22/],
      ['é'.repeat(90), /^data:image\/svg\+xml;base64,/],
    ];
    for (const [text, encoding] of cases) {
      assert.match(dataUri({ name: 'p.svg', bytes: Buffer.from(text) }), encoding);
    }
  });
});

/** A limit, a style sheet, and what it becomes: `D` stands for a data URL, `F` for a file's name. */
const cases: readonly (readonly [limit: number, css: string, result: string])[] = [
  [SIZE, 'a{b:url(i/p.svg)}', 'a{b:url(D)}'],
  [SIZE - 1, 'a{b:url(i/p.svg)}', 'a{b:url(F)}'],
  [0, 'a{b:url(i/p.png)}', 'a{b:url(F)}'],
  [SIZE, 'a{b:url( "i/p.svg" )}', 'a{b:url(D)}'],
  [SIZE, 'a{b:url(i/p.svg?v=2)}', 'a{b:url(D)}'],
  [SIZE, 'a{b:url(i/p.svg#icon)}', 'a{b:url(F#icon)}'],
  [SIZE * 9, 'a{b:url(i/p.svg#icon)}c{b:url(i/p.svg)}', 'a{b:url(F#icon)}c{b:url(F)}'],
  [SIZE, 'a{b:url(i/p.svg)}c{b:url(i/p.svg)}', 'a,c{b:url(F)}'],
  [SIZE * 2, 'a{b:url(i/p.svg)}c{b:url(i/p.svg)}', 'a,c{b:url(D)}'],
  [SIZE, 'a{b:url(i/p.png)}c{b:url(i/f.woff2)}', 'a{b:url(D)}c{b:url(D)}'],
  [SIZE, 'a{b:url(i/x.css)}', 'a{b:url(F)}'],
  [SIZE, 'a{b:src("i/p.png")}', 'a{b:src("D")}'],
];

describe('build.dataUris', () => {
  for (const [limit, css, result] of cases) {
    it(`puts small pictures and fonts into the style sheet: ${limit} ${css}`, async () => {
      await using site = await createBuildSite(FILES, { build: { dataUris: limit } });
      const source = { text: css, language: '.css' };
      const build = await site.build('style', source);
      const plain = build.text
        .replace(/data:image\/svg.*?<\/svg>|data:[^)"]+/g, 'D')
        .replace(/url\("([^"]*)"\)/g, 'url($1)')
        .replace(/[\w-]+\.\w{16}\.\w+/g, 'F');
      assert.equal(plain, result);
      assert.equal(build.files.length, result.includes('F') ? 1 : 0);
      const [part] = await site.builder.plan({ goal: 'style', sources: [source] });
      const files = css.match(/(?<=i\/)[\w.]+/g) ?? [];
      assert.deepEqual(
        [...(part?.inputs.values() ?? [])].map(({ name }) => name),
        [...new Set(files)].map((name) => `i/${name}`),
      );
    });
  }

  it('follows a change of the picture', async () => {
    await using site = await createBuildSite(
      { ...FILES, 'a.css': 'a{b:url(i/p.svg)}' },
      { build: { dataUris: 1000 } },
    );
    const before = await site.build('style', 'a.css');
    await site.change({ 'i/p.svg': '<svg xmlns="http://www.w3.org/2000/svg"/>' });
    const after = await site.build('style', 'a.css');
    assert.notEqual(after.key, before.key);
    assert.notEqual(after.text, before.text);
  });

  it('keeps places behind a picture right', async () => {
    await using site = await createBuildSite(
      { ...FILES, 'a.css': 'a { b: url(i/p.svg) }\nc { b: url(i/p.svg) } no:bad-thing(x) {}' },
      { build: { dataUris: 1000 } },
    );
    await assert.rejects(site.build('style', 'a.css'), /^Error.*a\.css:2:36|a\.css:2:3[0-9]/);
  });

  it('works in all modes', async () => {
    await using folder = await createFolder({
      'templates/home.liquid':
        '{% compress css %}<link rel="stylesheet" href="{% static "a.css" %}">{% endcompress %}',
      'static/a.css': 'a { background: url(p.svg) }',
      'static/p.svg': SVG,
    });
    const build = { dataUris: 1000 };
    for (const mode of ['development', 'in-request'] satisfies Mode[]) {
      await using site = await startSite(folder, { mode, build });
      const [url = ''] = urlsIn(await site.compressor.render('home.liquid')).filter((each) =>
        /css/.test(each),
      );
      assert.match((await site.get(url)).text, /url\("?data:image\/svg\+xml,<svg/, mode);
    }
    await compressFolder(folder, { build });
    const styles = Object.entries(await contentsOf(join(folder.path, 'public/assets')));
    const css = styles.filter(([name]) => name.endsWith('.css')).map(([, text]) => text);
    assert.match(css.join(), /url\("?data:image\/svg\+xml,<svg/);
  });
});
