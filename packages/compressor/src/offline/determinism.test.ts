import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { contentsOf } from '../testing/offline-site.ts';
import { createFolder } from '../testing/site.ts';

const names = ['a', 'b', 'c', 'd', 'e'];
const css = (own: readonly string[], words = 'css') =>
  `{% compress ${words} %}${own.map((name) => `<link rel="stylesheet" href="{% static '${name}.scss' %}">`).join('')}{% endcompress %}`;
const js = (own: readonly string[], type = '') =>
  `{% compress js %}${own.map((name) => `<script${type} src="{% static '${name}.js' %}"></script>`).join('')}{% endcompress %}`;

/** Styles, scripts and modules that share much, under names that compete. */
const FILES: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    names.flatMap((name, index) => [
      [
        `static/${name}.scss`,
        `@use "shared"; .${name} { .x { top: ${index}px; background: url("img/${name}.png") } }`,
      ],
      [`static/${name}.js`, `import { s } from "./shared.js"; export const ${name} = s + ${index};`],
      [`static/old-${name}.js`, `(function () { window.${name} = ${index} })()`],
      [`static/img/${name}.png`, name],
    ]),
  ),
  'static/_shared.scss': '$x: 1px; :root { --x: #{$x} }',
  'static/shared.js': 'export const s = import("./late.js");',
  'static/late.js': 'export default new Date(0).toLocaleString();',
  ...Object.fromEntries(
    names.map((name, index) => [
      `templates/${name}.liquid`,
      css(names.slice(index), `css file ${name}`) +
        css(names.slice(0, 2), `css file ${name}`) +
        js(names.slice(0, index + 1), ' type="module"') +
        js(names.map((other) => `old-${other}`)),
    ]),
  ),
  'compressor.config.ts': 'export default { offline: { context: [{ x: 1 }, { x: 2 }] } }',
};

describe('compressing', () => {
  it('gives the same bytes with any number of workers, in any folder and time zone, and again', async () => {
    const runs: readonly [workers: number, zone: string, language: string][] = [
      [1, 'UTC', 'C'],
      [2, 'Pacific/Auckland', 'tr_TR.UTF-8'],
      [8, 'America/St_Johns', 'de_DE.UTF-8'],
    ];
    const results: Record<string, string>[] = [];
    for (const [workers, TZ, LANG] of runs) {
      await using folder = await createFolder(FILES);
      for (const _time of [1, 2]) {
        const { status, stderr } = spawnSync(
          process.execPath,
          [
            '--conditions=widgy-source',
            join(import.meta.dirname, '../cli/bin.ts'),
            'compress',
            '--workers',
            String(workers),
          ],
          { cwd: folder.path, env: { ...process.env, TZ, LANG, LC_ALL: LANG }, encoding: 'utf8' },
        );
        assert.equal(status, 0, stderr);
        const manifest = (await contentsOf(folder.path))['compressor.manifest.json'] ?? '';
        results.push({ manifest, ...(await contentsOf(join(folder.path, 'public/assets'))) });
      }
    }
    const [first = {}, ...others] = results;
    assert.ok(Object.keys(first).length > 20, Object.keys(first).join());
    for (const other of others) assert.deepEqual(other, first);
  });
});
