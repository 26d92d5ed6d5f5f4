import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { promisify } from 'node:util';
import type { Goal } from '../recipe/recipe.ts';
import { type BuildSiteOptions, createBuildSite, PICTURE } from '../testing/build-site.ts';
import { pipelineFingerprint } from './fingerprint.ts';
import { resolveTargets } from './targets.ts';

const FILES: Readonly<Record<string, string>> = {
  'a.scss': '/*! a */@use "x/b"; @use "pkg:bootstrap/scss/bootstrap-reboot"; .a { color: red }',
  'x/_b.scss': '.b { background: url("../i/p.svg") }',
  'c.css':
    '/*! c */@import "x/d.css";@import "x/e.css";@import "npm:bootstrap/dist/css/bootstrap-reboot.css";',
  'x/d.css': '/*! d */.d{background:url(../i/p.svg)}',
  'x/e.css': '/*! e */.e{color:red}',
  'i/p.svg': PICTURE,
  'a.js': '/*! a */ function a() { "é😀" }',
  'b.ts': 'const b: number = 1',
  'm.tsx':
    'import { s } from "./x/s.ts"; import _ from "lodash"; console.log(<p/>, s, _.VERSION); import("./x/lazy.ts"); import("./x/lazy2.ts")',
  'n.ts': 'import { s } from "./x/s.ts"; console.log(s, "n" as string)',
  'x/s.ts': 'export const s: string = "s"',
  'x/lazy.ts': 'import { s } from "./s.ts"; import("./lazy2.ts"); console.log("lazy", s)',
  'x/lazy2.ts': 'import { chunk } from "lodash"; console.log(chunk)',
};

const GROUPS: readonly (readonly [goal: Goal, sources: readonly string[]])[] = [
  ['style', ['a.scss', 'c.css']],
  ['style', ['c.css']],
  ['classic', ['a.js', 'b.ts']],
  ['module', ['m.tsx', 'n.ts']],
];

const OPTIONS: readonly BuildSiteOptions[] = [
  { build: { sourceMaps: true } },
  { build: { minify: false, sourceMaps: true, browsers: 'baseline widely available' } },
  { build: { minify: false }, builder: { separateModules: true } },
];

/** All keys and artifacts of the site made in a folder, as one text. */
async function everything(folder: string, order: 'forward' | 'backward' | 'at once'): Promise<string> {
  const results: string[] = [];
  for (const options of OPTIONS) {
    await using site = await createBuildSite(FILES, { ...options, folder });
    const groups = order === 'backward' ? [...GROUPS].reverse() : GROUPS;
    const build = async ([goal, sources]: (typeof GROUPS)[number]) => {
      const { key, entries, files } = await site.build(goal, ...sources);
      const artifacts = { entries, files };
      return JSON.stringify([goal, sources, key, artifacts], (name, value: unknown) =>
        name === 'bytes' &&
        typeof value === 'object' &&
        value !== null &&
        'data' in value &&
        Array.isArray(value.data)
          ? Buffer.from(value.data).toString()
          : value,
      );
    };
    const builds: string[] = [];
    if (order === 'at once') builds.push(...(await Promise.all(groups.map(build))));
    else for (const group of groups) builds.push(await build(group));
    results.push(...builds.sort());
  }
  return results.join('\n');
}

const FOLDER_VARIABLE = 'COMPRESSOR_TEST_FOLDER';
const folderOfChild = process.env[FOLDER_VARIABLE];

if (folderOfChild !== undefined) {
  process.stdout.write(await everything(folderOfChild, 'at once'));
} else {
  test('the same site gives the same bytes, names and keys: any folder, order, process and time zone', async () => {
    const base = await mkdtemp(join(tmpdir(), 'compressor-same-'));
    const [shallow, deep] = [join(base, 'a'), join(base, 'b', 'much', 'deeper', 'folder with spaces')];
    try {
      const folders = [shallow, deep, join(base, 'c'), join(base, 'd', 'e')];
      for (const folder of folders) await mkdir(folder, { recursive: true });
      const run = promisify(execFile);
      const inZone = async (folder: string, TZ: string) => {
        const env = { ...process.env, TZ, [FOLDER_VARIABLE]: folder, NODE_TEST_CONTEXT: undefined };
        const args = [
          ...process.execArgv.filter((arg) => arg.startsWith('--conditions')),
          import.meta.filename,
        ];
        return (await run(process.execPath, args, { env, maxBuffer: 64 * 1024 * 1024 })).stdout;
      };
      const [first = '', ...others] = [
        await everything(shallow, 'forward'),
        await everything(deep, 'backward'),
        await everything(deep, 'at once'),
        await inZone(join(base, 'c'), 'Pacific/Kiritimati'),
        await inZone(join(base, 'd', 'e'), 'Pacific/Pago_Pago'),
      ];
      assert.ok(first.length > 100_000);
      assert.ok(!first.includes(base), 'no path of this machine');
      for (const [index, other] of others.entries()) {
        let at = 0;
        while (at < first.length && first[at] === other[at]) at += 1;
        const around = [first, other].map((text) => text.slice(Math.max(0, at - 150), at + 150));
        assert.ok(first === other, `run ${index + 1} differs: ${around.join('\n\n')}`);
      }
    } finally {
      await rm(base, { recursive: true });
    }
  });

  test('a tool of another version is another pipeline', () => {
    const config = {
      static: { url: '/static/', roots: [] },
      build: {
        browsers: [],
        minify: true,
        sourceMaps: false,
        dataUris: 0,
        kinds: [],
        transformers: [],
        jsx: { runtime: 'automatic' as const, importSource: 'react' },
      },
    };
    const tool = (version: string) => ({
      name: 'tool',
      version,
      extensions: ['.x'],
      output: 'css' as const,
      transform: async () => ({ text: '', dependencies: [] }),
    });
    const targets = resolveTargets(['chrome 140']);
    const fingerprints = ['1.0.0', '1.0.1'].map((version) =>
      pipelineFingerprint(config, targets, [tool(version)]),
    );
    assert.notEqual(fingerprints[0], fingerprints[1]);
    assert.equal(pipelineFingerprint(config, targets, [tool('1.0.0')]), fingerprints[0]);
  });
}
