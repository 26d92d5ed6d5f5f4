import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Config } from '../config/config.ts';
import { CompressorError } from '../errors.ts';
import { compressFiles, manifestOf } from '../testing/offline-site.ts';
import { startSite } from '../testing/site.ts';
import type { RequestOptions } from './request-values.ts';

const style = (words: string, name = 'a.css', attributes = '') =>
  `{% compress css ${words} %}<link rel="stylesheet" href="{% static '${name}' %}"${attributes}>{% endcompress %}`;
const script = (words: string, attributes = '') =>
  `{% compress js ${words} %}<script src="{% static 's.js' %}"${attributes}></script>{% endcompress %}`;

const FILES = {
  'static/a.css': 'a { top: 0 }',
  'static/b.css': 'b { top: 0 }',
  'static/s.js': 'window.s = 1',
};

/** The links of a page made of these blocks, in short. */
async function linksOf(
  home: string,
  request: RequestOptions = {},
  config: Config = {},
  name = 'home.liquid',
): Promise<string[]> {
  const files = { ...FILES, 'templates/home.liquid': home };
  const { folder: made, findings } = await compressFiles(files, config);
  await using folder = made;
  assert.deepEqual(findings, []);
  await using site = await startSite(folder, { ...config, mode: 'offline' });
  return site.compressor
    .links(name, request)
    .map((link) =>
      link.replace(/\.[0-9a-f]{16}\./, '.#.').replace(/; integrity="sha384-[^"]{64}"/, '; integrity'),
    );
}

describe('links of a page', () => {
  const cases: readonly [
    name: string,
    home: string,
    expected: readonly string[],
    request?: RequestOptions | undefined,
    output?: Config['output'],
  ][] = [
    [
      'name every file once, in the order of the page',
      style('preload') +
        script('file') +
        style('file') +
        script('file', ' type="module"') +
        style('inline', 'b.css'),
      [
        '</assets/a.#.css>; rel=preload; as=style; integrity',
        '</assets/s.#.js>; rel=preload; as=script; integrity',
        '</assets/s.#.js>; rel=modulepreload; integrity',
      ],
    ],
    [
      'say how to fetch it, as the tags do',
      style('file media="(width > 40em)" crossorigin', 'a.css', ' fetchpriority="high"') +
        script('file referrerpolicy="no-referrer" data-a="1" defer'),
      [
        '</assets/a.#.css>; rel=preload; as=style; integrity; media="(width > 40em)"; crossorigin; fetchpriority=high',
        '</assets/s.#.js>; rel=preload; as=script; integrity; referrerpolicy=no-referrer; fetchpriority=low',
      ],
      {},
      { attributes: { js: { fetchpriority: 'low' } } },
    ],
    [
      'name another server',
      style('file') + script('file', ' type="module"'),
      [
        '<https://cdn.test/x/a.#.css>; rel=preload; as=style; integrity; crossorigin=anonymous; nonce=abc',
        '<https://cdn.test/x/s.#.js>; rel=modulepreload; integrity; nonce=abc',
      ],
      { url: 'https://cdn.test/x/', nonce: 'abc' },
    ],
    [
      'carry what headers take, and nothing else',
      style('file', 'a.css', ' media="a&quot;b\\"') + style('file', 'b.css', ' media="ü"'),
      ['</assets/a.#.css>; rel=preload; as=style; media="a\\"b\\\\"'],
      {},
      { integrity: false },
    ],
    ['leave out what is for old browsers', script('file', ' nomodule'), []],
    ['leave out what a page may not show', `{% if page %}${style('file')}{% endif %}`, []],
  ];
  for (const [name, home, expected, request, output = {}] of cases) {
    it(name, async () => assert.deepEqual(await linksOf(home, request, { output }), expected));
  }

  it('are found by the name without its extension, too', async () =>
    assert.equal((await linksOf(style('file'), {}, {}, 'home')).length, 1));
  it('of a page that nobody knows are none', async () =>
    assert.deepEqual(await linksOf(style('file'), {}, {}, 'constructor'), []));
  it('are at most ten', async () => {
    const media = Array.from({ length: 12 }, (_, index) => `<style>a { left: ${index}px }</style><!-- -->`);
    assert.equal((await linksOf(`{% compress css %}${media.join('')}{% endcompress %}`)).length, 10);
  });

  it('are for one request, which is checked', async () =>
    assert.rejects(linksOf(style('file'), { url: '/a"/' }), CompressorError));

  for (const mode of ['development', 'in-request'] as const) {
    it(`are not known without a manifest: ${mode}`, async () => {
      const { folder: made } = await compressFiles({ ...FILES, 'templates/home.liquid': style('file') });
      await using folder = made;
      await using site = await startSite(folder, { mode });
      assert.deepEqual(site.compressor.links('home.liquid'), []);
    });
  }
});

describe('pages in a manifest', () => {
  const sheet = `{% compress css %}<link rel="stylesheet" href="{{ sheet | static }}">{% endcompress %}`;
  const home = `${style('file')}\n${sheet}`;
  const cases: readonly [
    name: string,
    contexts: readonly Record<string, unknown>[],
    lines: readonly number[],
  ][] = [
    ['hold blocks of which all contexts make the same', [{ sheet: 'b.css' }], [1, 2]],
    [
      'even if they are told apart by something else',
      [{ sheet: 'b.css' }, { sheet: 'b.css', page: 1 }],
      [1, 2],
    ],
    ['but not others', [{ sheet: 'b.css' }, { sheet: 'a.css' }], [1]],
  ];
  for (const [name, context, lines] of cases) {
    it(name, async () => {
      const files = { ...FILES, 'templates/home.liquid': home, 'templates/none.liquid': '{{ x }}' };
      const { folder: made } = await compressFiles(files, { offline: { context } });
      await using folder = made;
      const { pages, blocks, recipes } = await manifestOf(folder);
      assert.deepEqual(Object.keys(pages), ['home.liquid']);
      assert.deepEqual(
        pages['home.liquid']?.map(({ block }) => blocks[block]?.line),
        lines,
      );
      for (const { recipe } of pages['home.liquid'] ?? []) assert.ok(Object.hasOwn(recipes, recipe));
    });
  }
});
