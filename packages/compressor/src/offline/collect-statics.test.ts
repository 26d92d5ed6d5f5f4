import assert from 'node:assert/strict';
import { readFile, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Config } from '../config/config.ts';
import { compressFiles, compressFolder, contentsOf, manifestOf } from '../testing/offline-site.ts';
import { createFolder } from '../testing/site.ts';

const PAGE = { 'templates/home.liquid': '{% compress css %}<style>a { top: 0 }</style>{% endcompress %}' };

/** The static files as they are published: content by name, with each hash written as `#`. */
async function collect(
  files: Readonly<Record<string, string>>,
  config: Config = {},
): Promise<{ contents: Record<string, string>; findings: string[] }> {
  const { folder, findings } = await compressFiles({ ...PAGE, ...files }, config, { statics: true });
  await using _ = folder;
  const contents = await contentsOf(join(folder.path, 'public/assets/static'));
  const plain = (text: string) => text.replace(/\b[0-9a-f]{16}\b/g, '#');
  return {
    contents: Object.fromEntries(
      Object.entries(contents).map(([name, text]) => [plain(Buffer.from(name).toString()), plain(text)]),
    ),
    findings,
  };
}

const cases: readonly {
  readonly what: string;
  readonly files: Readonly<Record<string, string>>;
  readonly contents: Readonly<Record<string, string>>;
  readonly findings?: readonly string[];
}[] = [
  {
    what: 'files of all kinds, in folders',
    files: { 'static/logo.svg': '<svg/>', 'static/img/a b.png': 'png', 'static/LICENSE': 'free' },
    contents: { 'logo.#.svg': '<svg/>', 'img/a b.#.png': 'png', 'LICENSE.#': 'free' },
  },
  {
    what: 'what a style sheet refers to, relative to itself',
    files: {
      'static/css/a.css':
        '@import "b.css" print; a { background: url(../img/p.png?x#y), url("data:,"), url(#z), url(/p.png), url(none.png) }',
      'static/css/b.css': 'b { background: url("../img/p.png") }',
      'static/img/p.png': 'png',
    },
    contents: {
      'css/a.#.css':
        '@import "./b.#.css" print; a { background: url(../img/p.#.png?x#y), url("data:,"), url(#z), url(/p.png), url(none.png) }',
      'css/b.#.css': 'b { background: url("../img/p.#.png") }',
      'img/p.#.png': 'png',
    },
  },
  {
    what: 'what a module imports, relative to itself',
    files: {
      'static/js/a.js':
        'import "./lib/b.js"; export * from "../c.mjs"; const later = () => import("./lib/b.js"); import lit from "lit";',
      'static/js/lib/b.js': '/* "./not.js" */ const text = "./a.js";',
      'static/c.mjs': 'export const c = 1;',
    },
    contents: {
      'js/a.#.js':
        'import "./lib/b.#.js"; export * from "../c.#.mjs"; const later = () => import("./lib/b.#.js"); import lit from "lit";',
      'js/lib/b.#.js': '/* "./not.js" */ const text = "./a.js";',
      'c.#.mjs': 'export const c = 1;',
    },
  },
  {
    what: 'two modules that import each other',
    files: { 'static/a.js': 'import "./b.js"', 'static/b.js': 'import "./a.js"' },
    contents: { 'a.#.js': 'import "./b.#.js"', 'b.#.js': 'import "./a.js"' },
    findings: [
      'warning static-circular b.js "b.js" and "a.js" refer to each other, so one of them keeps its plain name in the other',
    ],
  },
  {
    what: 'texts that do not parse, as they are',
    files: { 'static/a.js': 'import "./b.js" (((', 'static/b.js': '1' },
    contents: { 'a.#.js': 'import "./b.js" (((', 'b.#.js': '1' },
  },
  {
    what: 'no file whose name begins with a dot',
    files: { 'static/.htaccess': 'x', 'static/.git/config': 'x', 'static/a.txt': 'a' },
    contents: { 'a.#.txt': 'a' },
  },
];

describe('collecting static files', () => {
  for (const { what, files, contents, findings = [] } of cases) {
    it(`publishes ${what}`, async () => {
      assert.deepEqual(await collect(files), { contents, findings });
    });
  }

  it('publishes of two files with one name the one in the first folder', async () => {
    const files = { 'one/a.txt': 'first', 'two/a.txt': 'second', 'two/b.txt': 'only' };
    const { contents } = await collect(files, { static: { roots: ['one', 'two'] } });
    assert.deepEqual(contents, { 'a.#.txt': 'first', 'b.#.txt': 'only' });
  });

  it('names a file after what is in it, and so what refers to it', async () => {
    const of = async (png: string) => {
      const { folder } = await compressFiles(
        { ...PAGE, 'static/a.css': 'a { background: url(p.png) }', 'static/p.png': png },
        {},
        { statics: true },
      );
      await using _ = folder;
      return (await manifestOf(folder)).statics ?? {};
    };
    const [one, same, other] = [await of('one'), await of('one'), await of('other')];
    assert.deepEqual(one, same);
    assert.notEqual(one['a.css'], other['a.css']);
  });

  it('follows links that stay inside the static folders, and says which do not', async () => {
    await using folder = await createFolder({
      ...PAGE,
      'secret.txt': 'secret',
      'static/dir/x.txt': 'x',
      'static/dir/.hidden': 'h',
    });
    const links = {
      alias: 'dir/x.txt',
      again: 'dir',
      'dir/up': '../dir',
      out: '../secret.txt',
      none: 'none',
    };
    for (const [name, target] of Object.entries(links)) {
      await symlink(target, join(folder.path, 'static', name));
    }
    const { findings } = await compressFolder(folder, {}, { statics: true });
    assert.deepEqual(Object.keys((await manifestOf(folder)).statics ?? {}), [
      'again/x.txt',
      'alias',
      'dir/x.txt',
    ]);
    assert.deepEqual(findings, [
      'warning path-outside-root "out" is a link to something outside the static folders, and is not published',
      'warning source-missing "none" is a link that leads nowhere, and is not published',
    ]);
  });

  it('publishes nothing that the compressor wrote into a static folder', async () => {
    await using folder = await createFolder({ ...PAGE, 'static/a.txt': 'a' });
    const config: Config = {
      output: { directory: 'static/built' },
      offline: { manifest: 'static/manifest.json' },
      cache: { directory: 'static/cache' },
    };
    for (const _ of [1, 2]) {
      const { result } = await compressFolder(folder, config, { statics: true });
      assert.equal(result.statics, 1);
    }
  });

  it('takes files of any size, however small sources must be', async () => {
    const { result, findings, folder } = await compressFiles(
      { ...PAGE, 'static/a.css': 'a'.repeat(5000), 'static/b.png': 'b'.repeat(5000) },
      { limits: { sourceBytes: 1000 } },
      { statics: true },
    );
    await using _ = folder;
    assert.deepEqual([result.statics, findings], [2, []]);
  });

  it('writes nothing for a name that no storage keeps', async () => {
    const { folder, findings } = await compressFiles(
      { ...PAGE, 'static/a:b.txt': 'x' },
      {},
      { statics: true },
    );
    await using _ = folder;
    assert.deepEqual(findings, [
      'error path-invalid the static file "a:b.txt" has a name that no storage can keep',
    ]);
    assert.deepEqual(await contentsOf(join(folder.path, 'public')), {});
  });

  it('keeps large files as they are, without reading them into memory', async () => {
    const text = `${'x'.repeat(99)}\n`.repeat(50_000);
    const { folder, result } = await compressFiles(
      { ...PAGE, 'static/large.css': text },
      {},
      { statics: true, encodings: true },
    );
    await using _ = folder;
    assert.equal(result.statics, 1);
    const name = (await manifestOf(folder)).statics?.['large.css'] ?? assert.fail();
    assert.equal(await readFile(join(folder.path, 'public/assets/static', name), 'utf8'), text);
    assert.deepEqual(Object.keys(await contentsOf(join(folder.path, 'public/assets/static'))), [name]);
  });
});
