import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type BuildSiteOptions, createBuildSite, PICTURE } from '../testing/build-site.ts';
import { createArtifact } from './artifact.ts';

const NAME = createArtifact('p.svg', PICTURE).name;

/** A value of a declaration, and what becomes of it; `P` stands for the picture's final name. */
const VALUES: readonly (readonly [value: string, result: string])[] = [
  // Quotes, whitespace, case, escapes.
  ['url(i/p.svg)', 'url(P)'],
  ['url("i/p.svg")', 'url(P)'],
  ["url('i/p.svg')", 'url(P)'],
  ['url( \n "i/p.svg" )', 'url(P)'],
  ['URL(./i/../i/p.svg)', 'url(P)'],
  ['\\75 rl("i/p.svg")', 'url(P)'],
  ['url(i\\/p.svg)', 'url(P)'],
  ['url("i/%70.svg")', 'url(P)'],
  // Other functions with URLs.
  ['image-set("i/p.svg" 1x,url(i/p.svg) 2x)', 'image-set("P" 1x,"P" 2x)'],
  ['image-set("i/p.svg" type("image/svg+xml"))', 'image-set("P" 1x type("image/svg+xml"))'],
  ['-webkit-image-set(url("i/p.svg") 1x)', '-webkit-image-set(url(P) 1x)'],
  ['src("i/p.svg")', 'src("P")'],
  ['src("i/p.svg" crossorigin(anonymous))', 'src("P" crossorigin(anonymous))'],
  // Queries and fragments.
  ['url(i/p.svg?a=b#c)', 'url(P?a=b#c)'],
  ['url(i/p.svg?#iefix)', 'url(P?#iefix)'],
  ['url("i/p.svg?%20#a b")', 'url(P?%20#a%20b)'],
  ['url("i/p.svg#(\'é)")', 'url(P#%28%27%C3%A9%29)'],
  // The static URL.
  ['url(/static/i/p.svg)', 'url(P)'],
  ['url("/other/p.svg")', 'url(/other/p.svg)'],
  // What means no file of the site.
  ['url(#frag)', 'url(#frag)'],
  ['url()', 'url()'],
  ['url("")', 'url()'],
  ['url(?x)', 'url(?x)'],
  ['url(about:blank)', 'url(about:blank)'],
  ['url(https://x.org/i/p.svg)', 'url(https://x.org/i/p.svg)'],
  ['url(//x.org/i/p.svg)', 'url(//x.org/i/p.svg)'],
  ['url(blob:x)', 'url(blob:x)'],
  ['url(data:image/svg+xml,%3Csvg/%3E)', 'url(data:image/svg+xml,%3Csvg/%3E)'],
  ['url("data:image/svg+xml,<a b=\'url(i/p.svg)\'/>")', 'url("data:image/svg+xml,<a b=\'url(i/p.svg)\'/>")'],
  ['src(var(--x))', 'src(var(--x))'],
  ['myurl("i/p.svg")', 'myurl("i/p.svg")'],
];

test('references in values', async () => {
  await using site = await createBuildSite({ 'i/p.svg': PICTURE });
  for (const [value, result] of VALUES) {
    const build = await site.build('style', { text: `a{cursor-x:${value}}`, language: '.css' });
    // The property is unknown, so the value is printed as it was, give or take quotes.
    const got = build.text.replaceAll(NAME, 'P').replace(/(?<!\w)url\("([^"'() ]*)"\)/g, 'url($1)');
    const plain = result
      .replace('image-set("P" 1x type', 'image-set("P" type')
      .replace(/"P" 2x/, 'url(P) 2x');
    assert.ok([`a{cursor-x:${result}}`, `a{cursor-x:${plain}}`].includes(got), `${value} => ${got}`);
    const isOurs = result.includes('P');
    assert.deepEqual(
      build.files.map(({ name }) => name),
      isOurs ? [NAME] : [],
      value,
    );
    assert.deepEqual(build.entries[0]?.references, isOurs ? [NAME] : [], value);
  }
});

test('references outside plain declarations', async () => {
  const cases: readonly (readonly [css: string, result: string])[] = [
    ['a{--x:url(i/p.svg)}', 'a{--x:url(P)}'],
    ['a{--x:image-set("i/p.svg" 1x)}', 'a{--x:image-set("P" 1x)}'],
    ['a{/* url(no.png) */content:"url(no.png)"}', 'a{content:"url(no.png)"}'],
    [
      '@font-face{font-family:x;src:url(i/p.svg)format("svg")}',
      '@font-face{font-family:x;src:url(P)format("svg")}',
    ],
    ['@media print{a{background:url(i/p.svg)}}', '@media print{a{background:url(P)}}'],
    ['a{& b{background:url(i/p.svg)}}', 'a{& b{background:url(P)}}'],
    ['@namespace svg url(i/p.svg);', '@namespace svg "i/p.svg";'],
  ];
  await using site = await createBuildSite({ 'i/p.svg': PICTURE });
  for (const [css, result] of cases) {
    const { text } = await site.build('style', { text: css, language: '.css' });
    assert.equal(text.replaceAll(NAME, 'P'), result);
  }
});

test('a picture that many sheets refer to is one file', async () => {
  await using site = await createBuildSite({
    'a.css': '@import "x/b.css";a{background:url(i/p.svg)}c{background:url(/static/i/p.svg?x)}',
    'x/b.css': 'b{background:url(../i/p.svg)}',
    'd.css': 'd{background:url(i/copy/p.svg)}',
    'i/p.svg': PICTURE,
    'i/copy/p.svg': PICTURE,
  });
  const { files, text } = await site.build('style', 'a.css', 'd.css');
  assert.deepEqual(
    files.map(({ name }) => name),
    [NAME],
  );
  assert.equal(text.split(NAME).length - 1, 4);
});

test('references of Sass partials start at the partial, then at the sheet', async () => {
  await using site = await createBuildSite({
    'css/a.scss': '@use "parts/b";\n.a { background: url("../i/p.svg") }',
    'css/parts/_b.scss':
      '.b { background: url(own.svg) }\n.c { background: image-set("own.svg" 1x) }\n.d { background: url("../i/p.svg") }\n' +
      '.e { background: url("beside.svg") }',
    'css/parts/own.svg': `${PICTURE}<!-- own -->`,
    'css/beside.svg': `${PICTURE}<!-- beside -->`,
    'css/i/p.svg': `${PICTURE}<!-- of the partial -->`,
    'i/p.svg': PICTURE,
  });
  const { text, files } = await site.build('style', 'css/a.scss');
  assert.deepEqual(
    files.map(({ bytes }) => /<!-- (.*) -->/.exec(bytes.toString())?.[1] ?? 'of the sheet').sort(),
    ['beside', 'of the partial', 'of the sheet', 'own'],
  );
  assert.doesNotMatch(text, /\.\.\/|own\.svg|beside\.svg/);
});

test('a CSS import that Sass leaves in a partial starts at the partial', async () => {
  await using site = await createBuildSite({
    'a.scss': '@use "x/b";',
    'x/_b.scss': '@import "c.css"; .b { color: red }',
    'x/c.css': 'c{color:#00f}',
  });
  assert.equal((await site.build('style', 'a.scss')).text, 'c{color:#00f}.b{color:red}');
});

test('a static URL with an origin, and files of packages', async () => {
  const options: BuildSiteOptions = { static: { url: 'https://cdn.example/s/', roots: ['static'] } };
  await using site = await createBuildSite({ 'i/p.svg': PICTURE }, options);
  const style = (text: string) => site.build('style', { text, language: '.css' });
  assert.equal((await style('a{background:url(https://cdn.example/s/i/p.svg)}')).files[0]?.name, NAME);
  const npm = 'npm:bootstrap/dist/css/bootstrap-reboot.css';
  assert.match((await style(`a{b:url(${npm}#x)}`)).text, /url\(bootstrap-reboot\.[0-9a-f]{16}\.css#x\)/);
});
