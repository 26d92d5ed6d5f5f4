import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { linkPackage, siteFolder } from '../widgets/site-fixture.ts';

/** What the first example of a page prints when it is run as it stands there, and the text of the page. */
export async function runExample(page: string): Promise<{ readonly text: string; readonly printed: string }> {
  const text = await readPage(page);
  const [, code = ''] = /```ts\n([\s\S]*?)```/.exec(text) ?? [];
  const folder = await siteFolder({ 'package.json': '{"type":"module"}' });
  await linkPackage(folder, 'zod');
  // Styles of widgets are found by the name of their package.
  await linkPackage(folder, 'widgy');
  await linkPackage(folder, '@widgy/compressor');
  await writeFile(join(folder, 'example.ts'), withSources(code));
  const run = spawnSync(process.execPath, ['--conditions=widgy-source', 'example.ts'], {
    cwd: folder,
    encoding: 'utf8',
  });
  assert.equal(run.stderr, '');
  return { text, printed: run.stdout };
}

/** The code of an example with the sources of this package in the place of its names. */
export function withSources(code: string): string {
  return code.replace(/'widgy(\/\w+)?'/g, (_, name: string = '') =>
    JSON.stringify(new URL(`..${name}/index.ts`, import.meta.url).href),
  );
}

/** The text of a page, by its path in the repository. */
export function readPage(page: string): Promise<string> {
  return readFile(new URL(`../../../../${page}`, import.meta.url), 'utf8');
}
