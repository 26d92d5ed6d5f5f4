import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { Liquid } from 'liquidjs';
import type { Config, Mode } from './config/config.ts';
import type { RequestOptions } from './render/request-values.ts';
import { compressFiles, contentsOf, manifestOf } from './testing/offline-site.ts';
import { startSite, type TestFolder, type TestSite, urlsIn } from './testing/site.ts';

const FILES = {
  'static/a.css': 'a { background: url(p.png) }',
  'static/p.png': 'png',
  'static/s.js': 'window.s = 1',
  'static/m.js': 'export const m = import("./l.js")',
  'static/l.js': 'export default 1',
  'templates/parts/own.liquid': `{% compress js %}<script src="{% static 's.js' %}"></script>{% endcompress %}`,
  'templates/page.liquid': [
    `{% compress css %}<link rel="stylesheet" href="{% static 'a.css' %}">{% endcompress %}`,
    `{% compress css preload %}<link rel="stylesheet" href="{% static 'a.css' %}">{% endcompress %}`,
    `{% compress css inline %}<link rel="stylesheet" href="{{ sheet | static }}">{% endcompress %}`,
    `{% compress js %}<script type="module" src="{% static 'm.js' %}"></script><!-- kept --><script src="https://x.test/x.js"></script>{% endcompress %}`,
    `{% compress js inline %}<script type="module" src="{% static 'm.js' %}"></script>{% endcompress %}`,
    `{% render 'parts/own' %}`,
  ].join('\n'),
};
const CONTEXT = { sheet: 'a.css' };
const MODES: readonly Mode[] = ['development', 'in-request', 'offline'];

async function withSite(
  config: Config,
  step: (site: TestSite, folder: TestFolder) => Promise<void>,
  files: Readonly<Record<string, string>> = FILES,
): Promise<void> {
  const options: Config = { ...config, offline: { context: CONTEXT, onMiss: 'error' } };
  const { folder: made, findings } = await compressFiles(files, { ...options, mode: 'offline' });
  await using folder = made;
  assert.deepEqual(findings, []);
  await using site = await startSite(folder, options);
  await step(site, folder);
  assert.deepEqual(site.log, []);
}

const render = (site: TestSite, request?: RequestOptions): Promise<string> =>
  site.compressor.render('page.liquid', CONTEXT, request);

/** The tags of a page that the compressor writes, without the element that is kept. */
const tagsIn = (html: string): string[] =>
  [...html.matchAll(/<(?:link|script|style)\b[^>]*>/g)]
    .map(([tag]) => tag)
    .filter((tag) => !tag.includes('x.test'));

describe('one page with different nonces', () => {
  for (const mode of MODES) {
    it(`differs only in them: ${mode}`, () =>
      withSite({ mode }, async (site, folder) => {
        const plain = await render(site);
        const made = [site.built.length, await contentsOf(join(folder.path, 'public'))];
        assert.ok(!plain.includes('nonce'));
        const nonce = fc.stringMatching(/^[A-Za-z0-9+/_-]{1,40}={0,2}$/);
        await fc.assert(
          fc.asyncProperty(nonce, async (given) => {
            const html = await render(site, { nonce: given });
            assert.equal(html.replaceAll(` nonce="${given}"`, ''), plain);
            for (const tag of tagsIn(html)) assert.ok(tag.includes(` nonce="${given}"`), tag);
          }),
          { numRuns: 30 },
        );
        assert.ok((await render(site, { nonce: 'abc' })).includes('<script src="https://x.test/x.js">'));
        assert.deepEqual([site.built.length, await contentsOf(join(folder.path, 'public'))], made);
      }));
  }

  it('refuses what is no nonce', () =>
    withSite({ mode: 'offline' }, async (site) => {
      await assert.rejects(render(site, { nonce: '"><script>' }), { code: 'request-invalid' });
      assert.throws(() => site.compressor.page('x', { url: 'x' }), { code: 'request-invalid' });
    }));
});

describe('one page under different URLs', () => {
  for (const mode of MODES) {
    it(`names the same files: ${mode}`, () =>
      withSite({ mode }, async (site) => {
        const [plain, html] = [await render(site), await render(site, { url: 'https://cdn.test/x/' })];
        const back = html
          .replaceAll('https://cdn.test/x/', '/assets/')
          .replaceAll(' crossorigin="anonymous"', '');
        assert.equal(back, plain);
        const own = /url\("?([^)"]*)"?\)|import\([`"]([^`"]*)[`"]\)/g;
        const inline = [...html.matchAll(own)].map(([, style, script]) => style ?? script ?? '');
        assert.equal(inline.length, 2, html);
        for (const url of inline) assert.ok(url.startsWith('https://cdn.test/x/'), url);
      }));
  }
});

describe('a page that the site renders with its own engine', () => {
  it('has what it is given as a global in all its parts, and as a variable where variables are seen', async () => {
    let liquid: Liquid | undefined;
    const engine = () => {
      liquid = new Liquid({ root: join(root, 'templates'), extname: '.liquid', globals: { site: 'x' } });
      return liquid;
    };
    let root = '';
    const { folder: made } = await compressFiles(FILES, { offline: { context: CONTEXT } });
    await using folder = made;
    root = folder.path;
    await using site = await startSite(folder, { mode: 'offline', templates: { engine } });
    assert.ok(liquid !== undefined);
    const expected = await render(site, { nonce: 'abc', url: '/x/' });
    const compressor = { nonce: 'abc', url: '/x/' };
    assert.equal(await liquid.renderFile('page', CONTEXT, { globals: { compressor } }), expected);
    const asVariable: string = await liquid.renderFile('page', { ...CONTEXT, compressor });
    const bare = tagsIn(asVariable).filter((tag) => !tag.includes('nonce="abc"'));
    assert.deepEqual(bare.length, 1, 'only the partial that sees no variables lacks it');
    assert.equal(await liquid.parseAndRender('{{ site }}', {}), 'x');
    assert.equal(await site.compressor.render('page', { ...CONTEXT, compressor }), expected);
  });
});

describe('integrity', () => {
  const integrity = (html: string) => [...html.matchAll(/ integrity="([^"]*)"/g)].map(([, value]) => value);

  it('is that of the file, in tags for files from a manifest', () =>
    withSite({ mode: 'offline' }, async (site, folder) => {
      const { artifacts } = await manifestOf(folder);
      const tags = tagsIn(await render(site)).filter((tag) => tag.includes('/assets/'));
      assert.equal(tags.length, 4);
      for (const tag of tags) {
        const [url = ''] = urlsIn(tag);
        assert.deepEqual(integrity(tag), [artifacts[url.replace('/assets/', '')]?.integrity], tag);
        assert.ok(!tag.includes('crossorigin'), tag);
      }
    }));

  it('lets browsers look into files of another server', () =>
    withSite({ mode: 'offline', output: { url: 'https://cdn.test/x/' } }, async (site) => {
      for (const tag of tagsIn(await render(site)).filter((one) => one.includes('cdn.test'))) {
        assert.match(tag, / integrity="sha384-[^"]+"/);
        assert.equal(tag.includes(' crossorigin="anonymous"'), !tag.includes('module'), tag);
      }
    }));

  it('can be turned off', () =>
    withSite({ mode: 'offline', output: { integrity: false, url: 'https://cdn.test/x/' } }, async (site) =>
      assert.doesNotMatch(await render(site), /integrity|crossorigin/),
    ));

  for (const mode of ['development', 'in-request'] as const) {
    it(`is not known ahead of time: ${mode}`, () =>
      withSite({ mode, output: { url: 'https://cdn.test/x/' } }, async (site) =>
        assert.doesNotMatch(await render(site), /integrity|crossorigin/),
      ));
  }
});

describe('attributes of tags', () => {
  const source = (words: string, attributes = '') =>
    `{% compress js ${words} %}<script src="{% static 's.js' %}"${attributes}></script>{% endcompress %}`;
  const files = {
    ...FILES,
    'templates/page.liquid': [
      source('file'),
      source('file fetchpriority="low" data-tag="&"'),
      source('file fetchpriority="low"', ' fetchpriority="high"'),
      source('preload'),
      source('inline defer data-tag="1"'),
      '{% compress css %}<style>a{top:0}</style>{% endcompress %}',
    ].join('\n'),
  };
  const output: Config['output'] = {
    integrity: false,
    attributes: { js: { defer: true, fetchpriority: 'auto' }, css: { 'data-turbo-track': 'reload' } },
  };
  for (const mode of MODES) {
    it(`come from elements, the block's tag and the configuration, in this order: ${mode}`, () =>
      withSite(
        { mode, output },
        async (site, folder) => {
          const tags = tagsIn(await render(site)).filter((tag) => !tag.includes('live-reload'));
          const url = urlsIn(tags[0] ?? '')[0] ?? '';
          assert.deepEqual(tags.slice(0, 5), [
            `<script src="${url}" defer fetchpriority="auto">`,
            `<script src="${url}" data-tag="&amp;" defer fetchpriority="low">`,
            `<script src="${url}" defer fetchpriority="high">`,
            `<link rel="preload" as="script" href="${url}" fetchpriority="auto">`,
            '<script data-tag="1">',
          ]);
          assert.match(tags[5] ?? '', /^<link rel="stylesheet" href="[^"]*" data-turbo-track="reload">$/);
          const { recipes, artifacts } = await manifestOf(folder);
          const attributes = Object.values(recipes).flatMap(({ groups }) =>
            groups.map((group) => group.attributes),
          );
          assert.deepEqual(
            new Set(attributes.map((one) => JSON.stringify(one))),
            new Set(['{}', '{"fetchpriority":"high"}']),
          );
          assert.equal(Object.keys(artifacts).length, 2);
        },
        files,
      ));
  }

  it('are told apart where the elements are the same', () =>
    withSite({ mode: 'in-request' }, async (site) => {
      const block = (data: string) => {
        const { compress, finish } = site.compressor.page();
        return finish(compress(`js file data-a="${data}"`, '<script src="/static/s.js"></script>'));
      };
      assert.match(await block('1'), / data-a="1">/);
      assert.match(await block('2'), / data-a="2">/);
      assert.match(await block('1'), / data-a="1">/);
    }));
});
