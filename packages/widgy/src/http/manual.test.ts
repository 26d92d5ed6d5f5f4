import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, it } from 'node:test';
import { MAX_PRESENT, PRESENCE_MS } from '../documents/limits.ts';
import { DOCUMENT_REFUSAL_CODES } from '../documents/refusal.ts';
import { readPage, withSources } from '../testing/run-example.ts';
import { linkPackage, siteFolder } from '../widgets/site-fixture.ts';
import { DEFAULT_API_LIMITS, MAX_CHANGES_PAGE, MAX_CHANGES_PAGE_BYTES } from './limits.ts';
import { POLICIES } from './policies.ts';
import { PROBLEMS } from './problem.ts';
import { ROUTES } from './routes/index.ts';

const page = await readPage('docs/widgy-api.md');

/** The rows of the first table of a section, without its head; cells without the marks of code. */
function tableOf(section: string): readonly (readonly string[])[] {
  const [, after = ''] = page.split(`\n## ${section}\n`);
  const [, table = ''] = /\n(\|[\s\S]*?\|)\n(?:\n|$)/.exec(after) ?? [];
  const rows = table.split('\n').slice(2);
  return rows.map((row) =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.replaceAll('`', '').trim()),
  );
}

describe('the manual of the API', () => {
  it('has an example that prints what it says', async () => {
    const [, code = ''] = /```ts\n([\s\S]*?)```/.exec(page) ?? [];
    const [, expected] = /^It prints `(.*)`\./m.exec(page) ?? [];
    const folder = await siteFolder({ 'package.json': '{"type":"module"}' });
    await linkPackage(folder, 'fastify');
    await writeFile(join(folder, 'example.ts'), withSources(code));
    const run = spawnSync(process.execPath, ['example.ts'], { cwd: folder, encoding: 'utf8' });
    assert.deepEqual([run.stderr, run.stdout], ['', `${expected}\n`]);
  });

  it('has every policy', () => {
    assert.deepEqual(
      tableOf('Policies').map(([policy]) => policy),
      [...POLICIES],
    );
  });

  it('has every route with its policy', () => {
    const told = tableOf('Routes').map(([route, policy]) => `${route} ${policy}`);
    const routes = ROUTES.map(({ method, path, policy }) => `${method} ${path} ${policy}`);
    assert.deepEqual(told.toSorted(), routes.toSorted());
    const bounds = `at most ${MAX_CHANGES_PAGE} and ${MAX_CHANGES_PAGE_BYTES / 2 ** 20} MiB`;
    assert.match(page, new RegExp(bounds));
    assert.match(page, new RegExp(`for ${PRESENCE_MS / 1000} seconds`));
    assert.match(page, new RegExp(`at most ${MAX_PRESENT} are`));
  });

  it('has every problem with its status, and there is one for whatever documents refuse', () => {
    const known = Object.entries(PROBLEMS).map(([code, { status }]) => [code, String(status)]);
    assert.deepEqual(tableOf('Problems'), known);
    for (const code of DOCUMENT_REFUSAL_CODES) assert.ok(Object.hasOwn(PROBLEMS, code), code);
  });

  it('has every limit', () => {
    const told = tableOf('Limits').map(([name, value = '']) => {
      const number = Number.parseInt(value.replaceAll(',', ''), 10);
      return [name, value.endsWith('MiB') ? number * 2 ** 20 : number];
    });
    assert.deepEqual(told, Object.entries(DEFAULT_API_LIMITS));
  });
});
