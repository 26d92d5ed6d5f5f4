import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';

it('the example of the README prints what the README says', async () => {
  const text = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
  const [, code = ''] = /```ts\n([\s\S]*?)```/.exec(text) ?? [];
  const [, printed = ''] = /It prints:\n\n```\n([\s\S]*?)```/.exec(text) ?? [];
  const folder = await mkdtemp(join(tmpdir(), 'widgy-readme-'));
  try {
    const file = join(folder, 'example.ts');
    await writeFile(
      file,
      code.replace("'widgy/tree'", JSON.stringify(new URL('index.ts', import.meta.url).href)),
    );
    const run = spawnSync(process.execPath, [file], { encoding: 'utf8' });
    assert.equal(run.stderr, '');
    assert.equal(run.stdout, printed);
  } finally {
    await rm(folder, { recursive: true });
  }
});
