import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it } from 'node:test';

/** What the first example of a page prints when it is run as it stands there. */
async function runExample(page: string): Promise<{ readonly text: string; readonly printed: string }> {
  const text = await readFile(new URL(page, import.meta.url), 'utf8');
  const [, code = ''] = /```ts\n([\s\S]*?)```/.exec(text) ?? [];
  const folder = await mkdtemp(join(tmpdir(), 'widgy-example-'));
  try {
    const file = join(folder, 'example.ts');
    const index = new URL('index.ts', import.meta.url).href;
    await writeFile(file, code.replace("'widgy/tree'", JSON.stringify(index)));
    const run = spawnSync(process.execPath, [file], { encoding: 'utf8' });
    assert.equal(run.stderr, '');
    return { text, printed: run.stdout };
  } finally {
    await rm(folder, { recursive: true });
  }
}

it('the example of the README prints what the README says', async () => {
  const { text, printed } = await runExample('../../README.md');
  const [, expected] = /It prints:\n\n```\n([\s\S]*?)```/.exec(text) ?? [];
  assert.equal(printed, expected);
});

it('the example of the rules is refused, and a slideshow is offered', async () => {
  const { printed } = await runExample('../../../../docs/widgy-rules.md');
  assert.match(printed, /code: 'both-refuse'/);
  assert.match(printed, /wrapper: \{ type: 'slideshow', label: 'Slideshow'/);
});
