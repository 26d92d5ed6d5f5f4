import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { it } from 'node:test';
import { MAX_PROBLEMS } from '../tree/limits.ts';
import { DEFAULT_FORM_LIMITS, MAX_LIST_DEPTH } from './fields/limits.ts';
import { linkPackage, siteFolder } from './site-fixture.ts';
import { allElements } from './submit-fixture.ts';

const manual = await readFile(new URL('../../../../docs/widgy-widgets.md', import.meta.url), 'utf8');

it('the example of the manual prints a form', async () => {
  const [, code = ''] = /```ts\n([\s\S]*?)```/.exec(manual) ?? [];
  const folder = await siteFolder({ 'package.json': '{"type":"module"}' });
  await linkPackage(folder, 'zod');
  const file = join(folder, 'example.ts');
  const index = JSON.stringify(new URL('index.ts', import.meta.url).href);
  await writeFile(file, code.replace("'widgy/widgets'", index));
  const run = spawnSync(
    process.execPath,
    [...process.execArgv.filter((arg) => arg.startsWith('--conditions')), file],
    {
      encoding: 'utf8',
    },
  );
  assert.equal(run.stderr, '');
  assert.deepEqual(
    allElements(run.stdout).map(({ tag, text }) => `${tag} ${text}`.trim()),
    [
      'div Delay (required)Seconds between slides',
      'label Delay (required)',
      'span  (required)',
      'p Seconds between slides',
      'input',
    ],
  );
});

it('the limits of the manual are the limits', () => {
  const [, table = ''] = /\| Limit of a form \| \|\n\| --- \| --- \|\n([\s\S]*?)\n*$/.exec(manual) ?? [];
  const numbers = [...table.matchAll(/\| ([\d,]+) \|/g)].map(([, digits = '']) =>
    Number(digits.replaceAll(',', '')),
  );
  const { entries, units, items } = DEFAULT_FORM_LIMITS;
  assert.deepEqual(numbers, [entries, units, items, MAX_LIST_DEPTH, MAX_PROBLEMS]);
});
