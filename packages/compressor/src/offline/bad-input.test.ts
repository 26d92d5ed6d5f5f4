import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import type { Config } from '../config/config.ts';
import { compressFiles, compressFolder, contentsOf } from '../testing/offline-site.ts';
import { createFolder, startSite, type TestFolder } from '../testing/site.ts';

const block = (inside: string) => `{% compress css %}${inside}{% endcompress %}`;
const link = (name: string) => block(`<link rel="stylesheet" href="{% static '${name}' %}">`);
const GOOD = { 'static/a.css': 'a { top: 0 }', 'templates/home.liquid': link('a.css') };

/** A release that works, and a page that shows it. */
async function released(): Promise<{ folder: TestFolder; page: string }> {
  const { folder } = await compressFiles(GOOD);
  await using site = await startSite(folder, { mode: 'offline' });
  return { folder, page: await site.compressor.render('home.liquid') };
}

interface Case {
  readonly name: string;
  readonly files?: Readonly<Record<string, string>>;
  readonly config?: Config;
  readonly findings: readonly string[];
}

const never = new Promise<never>(() => {});

const cases: readonly Case[] = [
  {
    name: 'a template that does not parse',
    files: { 'templates/bad.liquid': 'x\n {% if %}' },
    findings: ['error template-syntax bad.liquid:2:7 invalid value expression: ""'],
  },
  {
    name: 'a template whose parent is missing',
    files: { 'templates/bad.liquid': `{% layout 'none' %}{% block x %}${link('a.css')}{% endblock %}` },
    findings: ['error template-missing bad.liquid:1:1 there is no template "none"'],
  },
  {
    name: 'an unknown filter and an unknown tag',
    files: { 'templates/bad.liquid': block('{{ 1 | nope }}'), 'templates/bad2.liquid': '{% nope %}' },
    findings: [
      'error template-syntax bad.liquid:1:19 undefined filter: nope',
      'error template-syntax bad2.liquid:1:1 tag "nope" not found',
    ],
  },
  {
    name: 'a value that throws where a block needs it, and nowhere else',
    files: {
      'templates/bad.liquid': `{{ site.name }}${block('\n{{ site.styles }}')}`,
      'templates/fine.liquid': '{{ site }}',
    },
    config: {
      offline: {
        context: {
          site() {
            throw new Error('no database');
          },
        },
      },
    },
    findings: ['error context-failed bad.liquid:2:1 the function that supplies "site" failed: no database'],
  },
  {
    name: 'a value that never comes',
    files: { 'templates/bad.liquid': block('{{ settings.color }}') },
    config: { offline: { context: { settings: () => never }, timeout: 20 } },
    findings: [
      'error context-timeout bad.liquid:1:19 the function that supplies "settings" did not answer within 20 ms',
    ],
  },
  {
    name: 'a generator that fails in the middle: what it gave before counts',
    files: { 'templates/bad.liquid': block('{{ a }}{{ b }}') },
    config: {
      offline: {
        *context() {
          yield { a: 1 };
          throw new Error('broke');
        },
      },
    },
    findings: [
      'error context-failed offline.context failed: broke',
      'error variable-missing bad.liquid:1:26 the block at bad.liquid:1:1 reads "b", which the context lacks',
    ],
  },
  {
    name: 'a context that is no object',
    config: { offline: { context: async () => [JSON.parse('7')] } },
    findings: ['error context-failed offline.context gave a number where an object with variables belongs'],
  },
  {
    name: 'a generator that never goes on',
    config: {
      offline: {
        async *context() {
          yield {};
          await never;
        },
        timeout: 20,
      },
    },
    findings: ['error context-timeout offline.context did not answer within 20 ms'],
  },
  {
    name: 'a missing source in one of forty blocks',
    files: Object.fromEntries(
      Array.from({ length: 40 }, (_, index) => [
        `templates/t${String(index).padStart(2, '0')}.liquid`,
        link(index === 17 ? 'none.css' : 'a.css'),
      ]),
    ),
    findings: ['error source-missing t17.liquid:1:1 there is no file "none.css"'],
  },
  {
    name: 'sources that are wrong, each at the blocks that name them',
    files: {
      'static/bad.css': 'a { b: url(none.png) }',
      'static/bad.js': 'let a = ;',
      'templates/bad.liquid': `${link('bad.css')}\n${link('bad.css')}`,
      'templates/bad2.liquid': `{% compress js %}<script src="{% static 'bad.js' %}"></script>{% endcompress %}`,
    },
    findings: [
      'error reference-missing bad.liquid:1:1 bad.css:1:12: there is no file "none.png"',
      'error reference-missing bad.liquid:2:1 bad.css:1:12: there is no file "none.png"',
      'error script-syntax bad2.liquid:1:1 bad.js:1:9: Unexpected token',
    ],
  },
  {
    name: 'a transformer that crashes',
    files: { 'static/x.foo': 'x', 'templates/bad.liquid': link('x.foo') },
    config: {
      build: {
        transformers: [
          {
            name: 'foo',
            version: '1',
            extensions: ['.foo'],
            output: 'css',
            transform: () => Promise.reject(new TypeError('x is not a function')),
          },
        ],
      },
    },
    findings: ['error transformer-failed bad.liquid:1:1 x.foo: foo: x is not a function'],
  },
  {
    name: 'an output folder that cannot be made',
    config: { output: { directory: 'static/a.css/assets' } },
    findings: [
      'error storage-failed "a.f993139a06f1b357.css" cannot be written in the output folder (ENOTDIR)',
    ],
  },
  {
    name: 'a place for the manifest that cannot be written',
    config: { offline: { manifest: 'static/a.css/manifest.json' } },
    findings: ['error storage-failed the manifest'],
  },
];

describe('bad input to compressing', () => {
  for (const { name, files = {}, config = {}, findings } of cases) {
    it(`says where and what, and leaves the release alone: ${name}`, async () => {
      const { folder: made, page } = await released();
      await using folder = made;
      const before = await contentsOf(folder.path);
      await folder.write(files);
      const { result, findings: found } = await compressFolder(folder, config);
      assert.deepEqual(
        found.map((text, index) => text.slice(0, findings[index]?.length)),
        findings,
      );
      assert.equal(result.isDone, false);
      const after = await contentsOf(folder.path);
      for (const [file, content] of Object.entries(before)) assert.equal(after[file], content);
      await using site = await startSite(folder, { mode: 'offline' });
      assert.equal(await site.compressor.render('home.liquid'), page);
    });
  }

  it('says that a template is not UTF-8', async () => {
    await using folder = await createFolder(GOOD);
    await writeFile(join(folder.path, 'templates/bad.liquid'), Buffer.from([0x66, 0xfc, 0x72]));
    const { findings } = await compressFolder(folder);
    assert.deepEqual(findings, ['error template-encoding bad.liquid the template is not UTF-8']);
  });
});

describe('a build that is stopped', () => {
  /** Right before its n-th change to a disk, ends the process without warning or lets the change fail. */
  const STOP = `
    import fs from 'node:fs';
    import { syncBuiltinESMExports } from 'node:module';
    let left = Number(process.env.STOP_AT);
    for (const name of ['mkdir', 'writeFile', 'open', 'link', 'rename']) {
      const original = fs.promises[name];
      fs.promises[name] = async (path, ...rest) => {
        const isChange = name !== 'open' || rest[0] === 'wx';
        if (isChange && --left === 0) {
          if (process.env.STOP_BY === 'SIGKILL') process.kill(process.pid, 'SIGKILL');
          throw Object.assign(new Error('no space left on device'), { code: process.env.STOP_BY });
        }
        return original(path, ...rest);
      };
    }
    syncBuiltinESMExports();`;
  const bin = join(import.meta.dirname, '../cli/bin.ts');

  for (const by of ['SIGKILL', 'ENOSPC']) {
    it(`leaves the release before in use, at whichever change it is stopped by ${by}`, async () => {
      const { folder: made, page } = await released();
      await using folder = made;
      await folder.write({ 'static/a.css': 'a { top: 1px }', 'compressor.config.ts': 'export default {}' });
      const manifest = join(folder.path, 'compressor.manifest.json');
      const before = await readFile(manifest, 'utf8');
      const run = (at: number) =>
        spawnSync(
          process.execPath,
          [
            ...['--conditions=widgy-source', '--import', `data:text/javascript,${encodeURIComponent(STOP)}`],
            ...[bin, 'compress', '--no-cache'],
          ],
          { cwd: folder.path, env: { ...process.env, STOP_AT: String(at), STOP_BY: by }, encoding: 'utf8' },
        );
      let stopped = 0;
      for (let at = 1; ; at += 1) {
        const { signal, status, stderr } = run(at);
        if (status === 0) break;
        stopped += 1;
        if (by === 'SIGKILL') assert.equal(signal, by);
        else assert.match(stderr, /^error .*\[storage-failed\]$/m);
        assert.equal(await readFile(manifest, 'utf8'), before);
        await using site = await startSite(folder, { mode: 'offline' });
        assert.equal(await site.compressor.render('home.liquid'), page);
      }
      assert.ok(stopped >= 5, `it was stopped ${stopped} times`);
      assert.notEqual(await readFile(manifest, 'utf8'), before);
    });
  }
});
