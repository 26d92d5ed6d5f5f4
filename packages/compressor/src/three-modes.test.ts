import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Config, Mode } from './config/config.ts';
import { compressFiles, manifestOf } from './testing/offline-site.ts';
import { startSite, type TestSite, urlsIn } from './testing/site.ts';

const script = (name: string, attributes = '') =>
  `<script${attributes} src="{% static '${name}.js' %}"></script>\n`;
const link = (name: string, attributes = '') =>
  `<link rel="stylesheet" href="{% static '${name}.css' %}"${attributes}>\n`;

const FILES: Readonly<Record<string, string>> = {
  'static/a.css': '@charset "utf-8"; a { background: url(p.png) }',
  'static/b.css': '@import "a.css" print; b { color: blue }',
  'static/c.css': 'c { & d { top: 0 } }',
  'static/p.png': 'png',
  'static/s.js': '"use strict"; window.s = 1 // no line break at the end',
  'static/t.js': 'window.t = 010',
  'static/u.js': '(function () { window.u = s + t })()',
  'static/v.js': 'var v = 1',
  'static/w.js': 'let v2 = v',
  'templates/home.liquid': [
    `{% compress css %}${link('a')}${link('b')}<style>e { top: {{ x }}px }</style>${link('c', ' media="print"')}${link('c')}{% endcompress %}`,
    `{% compress js %}${script('t')}${script('u')}<!-- kept -->${script('s')}${script('v')}${script('w')}${script('u', ' defer')}{% endcompress %}`,
  ].join('\n'),
};

/** The same in all modes, but for when it is made. */
const SHARED: Config = {
  build: { minify: true, sourceMaps: false },
  offline: { context: [{ x: 1 }, { x: 2 }] },
};

interface Shown {
  /** The tags, without their URLs, and without what only a manifest knows. */
  readonly tags: string;
  /** The bytes behind each URL, in order. */
  readonly files: readonly string[];
}

async function show(site: TestSite, x: number): Promise<Shown> {
  const html = await site.compressor.render('home.liquid', { x });
  const page = html.replace(/<script type="module"[^>]*live-reload[^>]*><\/script>\n/, '');
  const files: string[] = [];
  for (const url of urlsIn(page)) files.push((await site.get(url)).text);
  return { tags: page.replace(/(href|src)="[^"]*"/g, '$1').replace(/ integrity="[^"]*"/g, ''), files };
}

describe('the three modes', () => {
  it('give the same groups and the same bytes', async () => {
    const { folder: made, findings } = await compressFiles(FILES, SHARED);
    await using folder = made;
    assert.deepEqual(findings, []);
    const inMode = (mode: Mode) => startSite(folder, { ...SHARED, mode });
    await using development = await inMode('development');
    await using inRequest = await inMode('in-request');
    await using offline = await inMode('offline');
    for (const x of [1, 2]) {
      const [one, two, three] = [
        await show(development, x),
        await show(inRequest, x),
        await show(offline, x),
      ];
      assert.deepEqual(three, two);
      assert.ok(two.files.length >= 7, String(two.files.length));
      assert.deepEqual([...new Set(one.tags.split('\n'))], [...new Set(two.tags.split('\n'))]);
      // Elements one to one, in the same order, hold what the bundles hold.
      assert.equal(one.files.length, 11);
      const joined = (files: readonly string[]) => files.join('').replace(/[;\n]/g, '');
      assert.equal(joined(one.files), joined(two.files));
    }
    assert.deepEqual([development.log, inRequest.log, offline.log], [[], [], []]);
    const { groups } = await manifestOf(folder);
    const keys = Object.values(groups).flatMap(({ parts }) => parts.map(({ key }) => key));
    for (const key of inRequest.built) assert.ok(keys.includes(key), `offline mode knows the part ${key}`);
  });

  it('give the same modules', async () => {
    const files = {
      'static/m.js': 'import { s } from "./s.js"; import("./l.js"); console.log(s);',
      'static/n.ts': 'import { s } from "./s.js"; const n: number = s; console.log(n);',
      'static/s.js': 'export const s = 1; export const unused = 2;',
      'static/l.js': 'export default 1;',
      'templates/home.liquid': `{% compress js %}${script('m', ' type="module"')}<script type="module" src="{% static 'n.ts' %}"></script>{% endcompress %}`,
    };
    const { folder: made, findings } = await compressFiles(files, SHARED);
    await using folder = made;
    assert.deepEqual(findings, []);
    await using inRequest = await startSite(folder, { ...SHARED, mode: 'in-request' });
    await using offline = await startSite(folder, { ...SHARED, mode: 'offline' });
    const [two, three] = [await show(inRequest, 0), await show(offline, 0)];
    assert.deepEqual(three, two);
    assert.equal(two.files.length, 1);
  });
});
