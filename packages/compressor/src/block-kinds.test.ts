import assert from 'node:assert/strict';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { reportSite } from './compress-site.ts';
import type { Config, Mode } from './config/config.ts';
import { resolveConfig } from './config/resolve.ts';
import { silentLogger } from './log.ts';
import { type BlockKind, goalOf } from './recipe/block-kind.ts';
import { createBuildSite } from './testing/build-site.ts';
import { compressFolder, contentsOf, manifestOf } from './testing/offline-site.ts';
import { createFolder, startSite, urlsIn } from './testing/site.ts';

/** Many icons in one SVG file, each by its name. */
const sprite: BlockKind = {
  name: 'sprite',
  version: '1',
  extension: '.svg',
  element: 'img',
  attribute: 'src',
  join: (sources) =>
    `<svg xmlns="http://www.w3.org/2000/svg">${sources
      .map((source) =>
        source.text().replace(/<svg/, `<symbol id="${source.name.replace(/^.*\/|\..*$/g, '')}"`),
      )
      .map((text) => text.replace('</svg>', '</symbol>'))
      .join('')}</svg>`,
  tag: (url, attributes) => `<link rel="prefetch" href="${url}"${attributes}>`,
  inline: (text, attributes) => `<div hidden${attributes}>${text}</div>`,
};

const FILES = {
  'templates/home.liquid':
    '{% compress sprite file icons data-x="1" %}\n' +
    '{% for icon in icons %}<img src="{% static icon %}" class="i &amp;">{% endfor %}\n' +
    '<p>kept</p><img src="{% static "c.svg" %}" onload="x()"><img src="https://x.org/d.svg">\n' +
    '{% endcompress %}\n' +
    '{% compress sprite inline %}<img src="{% static "c.svg" %}">{% endcompress %}',
  'static/i/a.svg': '<svg><path d="a"/></svg>',
  'static/i/b.svg': '<svg><path d="b"/></svg>',
  'static/c.svg': '<svg><path d="c"/></svg>',
};
const VARIABLES = { icons: ['i/a.svg', 'i/b.svg'] };
const JOINED =
  '<svg xmlns="http://www.w3.org/2000/svg"><symbol id="a"><path d="a"/></symbol><symbol id="b"><path d="b"/></symbol></svg>';
const INLINE =
  '<div hidden><svg xmlns="http://www.w3.org/2000/svg"><symbol id="c"><path d="c"/></symbol></svg></div>';

const withKinds = (...kinds: readonly BlockKind[]): Config => ({
  build: { kinds },
  offline: { context: VARIABLES },
});

describe('a kind of the site', () => {
  for (const mode of ['development', 'in-request', 'offline'] satisfies Mode[]) {
    it(`becomes one file for neighbours, and the tag it writes: ${mode}`, async () => {
      await using folder = await createFolder(FILES);
      const { findings } = await compressFolder(folder, withKinds(sprite));
      assert.deepEqual(findings, []);
      await using site = await startSite(folder, { mode, ...withKinds(sprite) });
      const page = await site.compressor.render('home.liquid', VARIABLES);
      const [url = ''] = urlsIn(page).filter((each) => each.startsWith('/assets/') && each.endsWith('.svg'));
      const lines = page.replace(url, 'URL').trim().split('\n');
      assert.deepEqual(
        lines.filter((line) => !line.includes('live-reload')),
        [
          '<link rel="prefetch" href="URL" class="i &amp;" data-x="1">',
          '<p>kept</p>',
          '<img src="/static/c.svg" onload="x()">',
          '<img src="https://x.org/d.svg">',
          INLINE,
        ],
      );
      assert.match(url, mode === 'development' ? /\/a\.\w{16}\.svg$/ : /\/icons\.\w{16}\.svg$/);
      const response = await site.get(url);
      assert.equal(response.text, JOINED);
      assert.equal(response.headers['content-type'], 'image/svg+xml; charset=utf-8');
      assert.deepEqual(site.log, []);
      assert.deepEqual(site.compressor.links('home.liquid'), []);
      const elsewhere = await site.compressor.render('home.liquid', VARIABLES, { url: 'https://cdn.x/' });
      assert.ok(elsewhere.includes('href="https://cdn.x/'));
    });
  }

  it('is in the manifest, and in the report', async () => {
    await using folder = await createFolder(FILES);
    await compressFolder(folder, withKinds(sprite));
    const { groups, blocks, artifacts, inputs } = await manifestOf(folder);
    assert.deepEqual(
      Object.values(groups)
        .map(({ goal, sources }) => [goal, ...sources])
        .sort(),
      [
        ['own:sprite.svg', 'c.svg'],
        ['own:sprite.svg', 'i/a.svg', 'i/b.svg'],
      ],
    );
    assert.deepEqual(
      blocks.map(({ kind, mode }) => [kind, mode]),
      [
        ['sprite', 'file'],
        ['sprite', 'inline'],
      ],
    );
    assert.deepEqual(Object.keys(inputs), ['c.svg', 'i/a.svg', 'i/b.svg']);
    assert.equal(Object.keys(artifacts).length, 2);
    const config: Config = { mode: 'offline', logger: silentLogger, cache: false, ...withKinds(sprite) };
    const { report } = await reportSite(resolveConfig(config, folder.path));
    assert.deepEqual(report.artifacts.map(({ name }) => name).sort(), Object.keys(artifacts));
  });

  it('may be of any bytes, and the build cache keeps them', async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
    let joined = 0;
    const raw: BlockKind = {
      ...sprite,
      name: 'raw',
      extension: '.bin',
      join: async (sources) => {
        joined += 1;
        return Buffer.concat([bytes, ...sources.map((source) => source.bytes)]);
      },
    };
    await using folder = await createFolder({
      'templates/home.liquid': '{% compress raw %}<img src="{% static "a.bin" %}">{% endcompress %}',
      'static/a.bin': 'one',
    });
    const compress = async () => {
      await compressFolder(folder, { ...withKinds(raw), cache: { directory: '.cache' } });
      const [name = ''] = Object.keys((await manifestOf(folder)).artifacts);
      return (await contentsOf(join(folder.path, 'public/assets')))[name];
    };
    assert.equal(await compress(), `${Buffer.from(bytes).toString('latin1')}one`);
    assert.equal(await compress(), `${Buffer.from(bytes).toString('latin1')}one`);
    assert.equal(joined, 1);
    await folder.write({ 'static/a.bin': 'two' });
    assert.equal(await compress(), `${Buffer.from(bytes).toString('latin1')}two`);
    assert.equal(joined, 2);
  });

  it('is looked at anew when it is of other elements, whatever is remembered', async () => {
    await using folder = await createFolder({
      'templates/home.liquid':
        '{% compress sprite %}<img src="{% static "c.svg" %}"><embed src="{% static "i/a.svg" %}">{% endcompress %}',
      'static/c.svg': '<svg>c</svg>',
      'static/i/a.svg': '<svg>a</svg>',
    });
    const sources = async (element: string) => {
      await compressFolder(folder, { ...withKinds({ ...sprite, element }), cache: { directory: '.cache' } });
      return Object.keys((await manifestOf(folder)).inputs);
    };
    assert.deepEqual(await sources('img'), ['c.svg']);
    assert.deepEqual(await sources('embed'), ['i/a.svg']);
  });

  it('gets another key with another version', async () => {
    await using folder = await createFolder(FILES);
    const urls: string[] = [];
    for (const version of ['1', '2']) {
      await using site = await startSite(folder, withKinds({ ...sprite, version }));
      urls.push(...urlsIn(await site.compressor.render('home.liquid', VARIABLES)).slice(0, 1));
    }
    assert.notEqual(urls[0], urls[1]);
  });

  it('follows changes of sources', async () => {
    await using site = await createBuildSite({ 'a.svg': '<svg>1</svg>' }, { build: { kinds: [sprite] } });
    const goal = goalOf(sprite);
    const before = await site.build(goal, 'a.svg');
    await site.change({ 'a.svg': '<svg>2</svg>' });
    const after = await site.build(goal, 'a.svg');
    assert.match(after.text, /<symbol id="a">2<\/symbol>/);
    assert.notEqual(after.key, before.key);
  });

  const broken: readonly (readonly [what: string, kind: BlockKind, message: RegExp])[] = [
    [
      'what it throws',
      {
        ...sprite,
        join() {
          throw new Error('no icon');
        },
      },
      /^error kind-failed home\.liquid:1:1 the kind sprite cannot join i\/a\.svg, i\/b\.svg: no icon/,
    ],
    [
      'a source that is missing',
      sprite,
      /^error source-missing home\.liquid:1:1 there is no file "i\/no\.svg"/,
    ],
  ];
  for (const [what, kind, message] of broken) {
    it(`is reported, and the elements stay: ${what}`, async () => {
      await using folder = await createFolder(FILES);
      const icons = what.startsWith('a source') ? ['i/no.svg'] : VARIABLES.icons;
      const config = withKinds(kind);
      const { findings } = await compressFolder(folder, { ...config, offline: { context: { icons } } });
      assert.match(findings.join('\n'), message);
      await using site = await startSite(folder, config);
      const page = await site.compressor.render('home.liquid', { icons });
      assert.ok(page.includes(`<img src="/static/${icons[0]}" class="i &amp;">`), page);
    });
  }

  it('is refused if it is no kind', () => {
    const wrong: readonly object[] = [
      { ...sprite, name: 'css' },
      { ...sprite, name: 'A b' },
      { ...sprite, extension: 'svg' },
      { ...sprite, attribute: 'on"x' },
      { ...sprite, join: undefined },
    ];
    for (const kind of wrong) {
      // As from a file, which nobody has checked.
      const config: object = { build: { kinds: [kind] } };
      assert.throws(() => resolveConfig(config, '/site'), { code: 'config-invalid' });
    }
    assert.throws(() => resolveConfig(withKinds(sprite, sprite), '/site'), /different names/);
  });
});
