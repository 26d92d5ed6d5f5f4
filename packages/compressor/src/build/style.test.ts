import assert from 'node:assert/strict';
import { test } from 'node:test';
import { CompressorError, type ErrorCode } from '../errors.ts';
import { type BuildSiteOptions, createBuildSite, PICTURE } from '../testing/build-site.ts';

type Files = Readonly<Record<string, string | Uint8Array>>;

/** The bundle of `a.css`, or of `a.scss` if there is one. */
async function styleOf(files: Files, options?: BuildSiteOptions): Promise<string> {
  await using site = await createBuildSite(files, options);
  return (await site.build('style', 'a.scss' in files ? 'a.scss' : 'a.css')).text;
}

async function errorOf(files: Files, options?: BuildSiteOptions): Promise<CompressorError> {
  try {
    await styleOf(files, options);
  } catch (error) {
    if (error instanceof CompressorError) return error;
    throw error;
  }
  throw new Error('it was built');
}

test('imports are inlined with their conditions', async () => {
  const b = { 'b.css': 'b{color:#00f}' };
  const cases: readonly (readonly [files: Files, css: string])[] = [
    [{ ...b, 'a.css': '@import "b.css";a{color:red}' }, 'b{color:#00f}a{color:red}'],
    [{ ...b, 'a.css': "@import url('./b.css?v=2#x');" }, 'b{color:#00f}'],
    [{ ...b, 'a.css': '@import url(/static/b.css);' }, 'b{color:#00f}'],
    [{ ...b, 'a.css': '@IMPORT "b.css" print;' }, '@media print{b{color:#00f}}'],
    [{ ...b, 'a.css': '@import "b.css" layer;' }, '@layer{b{color:#00f}}'],
    [{ ...b, 'a.css': '@import "b.css" layer(x.y);' }, '@layer x.y{b{color:#00f}}'],
    [{ ...b, 'a.css': '@import "b.css" supports(display:grid);' }, '@supports (display:grid){b{color:#00f}}'],
    [
      { ...b, 'a.css': '@import "b.css" layer(x) supports(display:grid) screen;' },
      '@supports (display:grid){@media screen{@layer x{b{color:#00f}}}}',
    ],
    [
      {
        ...b,
        'a.css': '@import "x/c.css" screen;',
        'x/c.css': '@import "../b.css" (width>=3px);c{color:red}',
      },
      '@media screen and (width>=3px){b{color:#00f}}@media screen{c{color:red}}',
    ],
    [
      { ...b, 'a.css': '@import "c.css" layer(x);', 'c.css': '@import "b.css" layer(y);c{color:red}' },
      '@layer x.y{b{color:#00f}}@layer x{c{color:red}}',
    ],
    [{ 'a.css': '@import "b%20c.css";', 'b c.css': 'b{color:red}' }, 'b{color:red}'],
  ];
  for (const [files, css] of cases) assert.equal(await styleOf(files), css);
});

test('imports of packages, in CSS and in Sass', async () => {
  const cases: readonly (readonly [files: Files, pattern: RegExp])[] = [
    [{ 'a.css': '@import "npm:bootstrap/dist/css/bootstrap-reboot.css";' }, /Bootstrap Reboot/],
    [{ 'a.scss': '@use "pkg:bootstrap/scss/bootstrap-reboot";' }, /box-sizing:border-box/],
  ];
  for (const [files, pattern] of cases) assert.match(await styleOf(files), pattern);
});

test('imports of other sites stay, first in their file', async () => {
  const cases: readonly (readonly [files: Files, css: string])[] = [
    [
      { 'a.css': '@import "https://x.org/y.css" layer(q) supports(color:red) screen;a{color:red}' },
      '@import "https://x.org/y.css" layer(q) supports(color:red) screen;a{color:red}',
    ],
    [{ 'a.css': '@import "//x.org/y.css";' }, '@import "//x.org/y.css";'],
    [{ 'a.css': '@import "/other/y.css";' }, '@import "/other/y.css";'],
    [
      { 'a.css': '@import "b.css";a{color:red}', 'b.css': '@import "https://x.org/y.css";b{color:red}' },
      '@import "https://x.org/y.css";b{color:red}a{color:red}',
    ],
  ];
  for (const [files, css] of cases) assert.equal(await styleOf(files), css);
});

test('an import of another site that inlining would move or strip of its condition is refused', async () => {
  const late = { 'b.css': 'b{color:red}', 'c.css': '\n@import url(https://x.org/y.css);' };
  const cases: readonly (readonly [a: string, place: string])[] = [
    ['@import "b.css";\n@import "https://x.org/y.css";', 'a.css:2:1'],
    ['@import "b.css";\n@import "c.css";', 'c.css:2:1'],
    ['@import "c.css" layer(x);', 'c.css:2:1'],
    ['@import "c.css" print;', 'c.css:2:1'],
  ];
  for (const [a, place] of cases) {
    const error = await errorOf({ ...late, 'a.css': a });
    assert.equal(error.code, 'import-external-late');
    assert.ok(error.message.startsWith(`${place}: `), error.message);
  }
});

test('errors are located where they were written', async () => {
  const cases: readonly (readonly [code: ErrorCode, place: string, files: Files])[] = [
    ['style-syntax', 'a.css:2:7', { 'a.css': 'a{}\nb {} }' }],
    ['style-syntax', 'b.css:3:13', { 'a.css': '@import "b.css";', 'b.css': '\n\nb:bad-thing(x){}' }],
    ['style-syntax', 'a.scss:2:10', { 'a.scss': 'a {\n  color: ;\n}' }],
    ['style-syntax', 'x/_b.scss:3:8', { 'a.scss': '@use "x/b";', 'x/_b.scss': '\n\na { $no; }' }],
    ['import-missing', 'a.css:2:1', { 'a.css': '/**/\n@import "no.css";' }],
    ['import-missing', 'a.css:1:1', { 'a.css': '@import "";' }],
    ['import-missing', 'a.scss:2:1', { 'a.scss': '\n@use "no";' }],
    ['import-loop', 'b.css:2:1', { 'a.css': '@import "b.css";', 'b.css': '\n@import "a.css";' }],
    ['import-loop', 'a.css:1:1', { 'a.css': '@import "a.css";' }],
    ['import-loop', '_b.scss:1:1', { 'a.scss': '@use "b";', '_b.scss': '@use "a";' }],
    ['path-outside-root', 'a.css:2:1', { 'a.css': '\n@import "../../x.css";' }],
    ['path-invalid', 'a.css:1:1', { 'a.css': '@import "100%.css";' }],
    ['reference-missing', 'a.css:2:10', { 'a.css': 'a{\n b: url("no.png")}' }],
    [
      'reference-missing',
      'x/b.css:1:9',
      { 'a.css': '@import "x/b.css";', 'x/b.css': 'a{b:url(../x/no.png)}' },
    ],
    ['source-is-directory', 'a.css:1:9', { 'a.css': 'a{b:url(x)}', 'x/b.css': '' }],
    ['path-outside-root', 'a.css:1:9', { 'a.css': 'a{b:url(../../x.png)}' }],
    ['path-invalid', 'a.css:1:9', { 'a.css': 'a{b:url(100%.png)}' }],
    ['source-encoding', 'a.css:1:6', { 'a.css': Buffer.from('a{b:"\xe9\xe9"}', 'latin1') }],
    ['source-encoding', 'b.css:1:1', { 'a.css': '@import "b.css";', 'b.css': Buffer.from('\xe9', 'latin1') }],
  ];
  for (const [code, place, files] of cases) {
    const error = await errorOf(files);
    const label = `${place} ${error.message}`;
    assert.equal(error.code, code, label);
    assert.ok(error.message.startsWith(`${place}: `), label);
    if (code !== 'source-encoding') assert.match(error.frame ?? '', /^> *\d+ \| /m, label);
  }
});

test('what comes after a reference is located and reported as if there were none', async () => {
  const css = 'a{b:url(p.svg);/*! kept\n */}\nb{c:image-set("p.svg" 1x)} c:bad-thing(x){}';
  const error = await errorOf({ 'p.svg': PICTURE, 'a.css': css });
  assert.ok(error.message.startsWith('a.css:3:40: '), error.message);
  assert.equal(css.split('\n')[2]?.charAt(39), 'x');
});

test('a problem in what Sass gave is shown in the Sass source', async () => {
  const error = await errorOf({
    'a.scss': '@use "x/b";',
    'x/_b.scss': '$v: 1;\n\n.b { .c:bad-thing(x) { d: e } }',
  });
  assert.equal(error.place?.file, 'x/_b.scss');
  assert.equal(error.place?.line, 3);
});

test('the loop is spelt out', async () => {
  const error = await errorOf({
    'a.css': '@import "b.css";',
    'b.css': '@import "c.css";',
    'c.css': '@import "b.css";',
  });
  assert.match(error.message, /b\.css → c\.css → b\.css|c\.css → b\.css → c\.css/);
});

test('what browsers drop is an error in the site, and only said in a package', async () => {
  const bad = 'a:bad-thing(x){color:red}b{color:red}';
  assert.equal((await errorOf({ 'a.css': bad })).code, 'style-syntax');
  await using site = await createBuildSite(
    { 'a.css': '@import "npm:old/old.css";' },
    { beside: { 'node_modules/old/package.json': '{"name":"old"}', 'node_modules/old/old.css': bad } },
  );
  assert.equal((await site.build('style', 'a.css')).text, bad);
  assert.deepEqual(
    site.logged.map(({ level, message }) => [level, message.slice(0, 17)]),
    [['debug', 'npm:old/old.css:1']],
  );
});

test('nesting and prefixes are lowered for old browsers and left for new ones', async () => {
  const files = { 'a.css': 'a{user-select:none;& b{color:red}}' };
  assert.equal(await styleOf(files), 'a{user-select:none;& b{color:red}}');
  assert.equal(
    await styleOf(files, { build: { browsers: ['safari 14', 'chrome 60'] } }),
    'a{-webkit-user-select:none;user-select:none}a b{color:red}',
  );
});

test('licences are kept, wherever they stand, each once and in the same order every time', async () => {
  const files = {
    'a.css':
      '@charset "utf-8";/*! a */@import "c.css";@import "b.css";a{color:red}/*! mid */b{content:"/*! no */"}',
    'b.css': '/*! b */\n/* plain */b{color:red}',
    'c.css': '/*! c */c{color:red}/*! a */',
  };
  const text = await styleOf(files);
  assert.ok(text.startsWith('/*! a */\n/*! mid */\n/*! b */\n/*! c */\n'), text);
  for (let round = 0; round < 5; round += 1) assert.equal(await styleOf(files), text);
  assert.ok((await styleOf(files, { build: { minify: false } })).startsWith(text.slice(0, 40)));
  assert.match(await styleOf({ 'a.scss': 'a{color:red}\n/*! mid */\nb{color:red}' }), /^\/\*! mid \*\//);
});

test('encodings: @charset, a declared one, and none in the result', async () => {
  const latin = Buffer.from('@charset "latin1";a{b:"\xe9"}', 'latin1');
  assert.equal(await styleOf({ 'a.css': latin }), 'a{b:"é"}');
  assert.equal(await styleOf({ 'a.css': '@import "b.css";', 'b.css': latin }), 'a{b:"é"}');
  await using site = await createBuildSite({ 'a.css': Buffer.from('a{b:"\xe9"}', 'latin1') });
  assert.equal((await site.build('style', { file: 'a.css', charset: 'latin1' })).text, 'a{b:"é"}');
});

test('joined sheets: what must come first starts a new file', async () => {
  await using site = await createBuildSite({
    'a.css': '@charset "utf-8";a{color:red}',
    'ns.css': '@namespace svg "http://www.w3.org/2000/svg";svg|a{color:red}',
    'other.css': '@import "https://x.org/y.css";b{color:red}',
    'c.css': '@charset "utf-8";c{color:red}',
  });
  const sources = ['a.css', 'c.css', 'ns.css', 'c.css', 'other.css', 'a.css'].map((file) => ({ file }));
  const parts = await site.builder.plan({ goal: 'style', sources });
  const texts = [];
  for (const part of parts) texts.push((await site.builder.build(part)).entries[0]?.bytes.toString());
  assert.deepEqual(texts, [
    'a{color:red}\nc{color:red}',
    '@namespace svg "http://www.w3.org/2000/svg";svg|a{color:red}\nc{color:red}',
    '@import "https://x.org/y.css";b{color:red}\na{color:red}',
  ]);
});

test('a default namespace cannot be imported, because it would reach all styles', async () => {
  const error = await errorOf({ 'a.css': '@import "b.css";a{color:red}', 'b.css': '@namespace "x";b{c:d}' });
  assert.equal(error.code, 'style-syntax');
  assert.equal(error.place?.file, 'b.css');
});

test('a language that nothing answers for is an error', async () => {
  await using site = await createBuildSite({ 'a.myth': '' });
  await assert.rejects(site.build('style', 'a.myth'), /a\.myth: nothing turns "\.myth" into CSS/);
});

test('a source of five megabytes builds', async () => {
  const files = {
    'p.svg': PICTURE,
    'a.css': 'a{background:url(p.svg)}\n'.repeat(210_000),
    // Dart Sass takes half a minute for as many rules, so these are fewer and longer.
    'b.scss': `a { background: url(p.svg); --x: ${'url(p.svg) '.repeat(90)} }\n`.repeat(5_000),
  };
  await using site = await createBuildSite(files);
  for (const name of ['a.css', 'b.scss']) {
    const { text, files } = await site.build('style', name);
    assert.match(text, /^a\{.*url\(p\.\w+\.svg\)/);
    assert.equal(files.length, 1);
  }
});
