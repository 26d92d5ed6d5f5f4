import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { brotliCompressSync } from 'node:zlib';
import type { Page } from 'playwright-core';
import { QUIET_MS } from '../../packages/widgy/src/editor/app/quiet.ts';
import { CONTENT } from './editor-fixture.ts';
import { editorSuite } from './editor-suite.ts';

/** Bytes of all scripts that the editor loads before somebody needs more of it, compressed as well as Brotli can. */
const MOST_FIRST_BYTES = 90 * 1024;

/** What is loaded only where it is needed, by what stands in its code however it is built. */
const LATER = { Tiptap: 'ProseMirror', CodeMirror: 'cm-content', axe: 'dequeuniversity' } as const;

describe('what the editor loads', () => {
  const editor = editorSuite();

  it('row 31: begins with at most 90 KB of scripts, without rich text, code and the check', async () => {
    const content = [...CONTENT, { id: 'code', type: 'unsafe-html', fields: { markup: '<p>Code</p>' } }];
    const document = await editor.newPage('Size', content);
    // Scripts are built when they are asked for first: then they come late, by the clock of the page.
    const built = await editor.edit(document);
    await built.page.close();
    const loaded = new Map<string, Promise<string>>();
    editor.ann.on('response', (response) => {
      const { pathname } = new URL(response.url());
      if (pathname.endsWith('.js')) loaded.set(pathname, response.text());
    });
    const tab = await editor.edit(document);
    await tab.row(/Rivers/).click();
    await tab.form.getByLabel('Text').waitFor();
    // Windows are loaded ahead, so that they open without a network; not sooner than this, by the clock of the page.
    const early = await tab.page.evaluate(
      (quiet) =>
        performance
          .getEntriesByType('resource')
          .filter(({ startTime }) => startTime < quiet)
          .map(({ name }) => new URL(name).pathname),
      QUIET_MS,
    );
    const all = await textsOf(loaded);
    const first = new Map([...all].filter(([name]) => early.includes(name)));
    const sizes = Array.from(first, ([name, text]) => `${brotliCompressSync(text).length} ${name}`);
    const total = sizes.reduce((sum, line) => sum + Number.parseInt(line, 10), 0);
    assert.ok(total > 0 && total <= MOST_FIRST_BYTES, `${total} bytes: ${sizes.join(', ')}`);
    assert.deepEqual(namesIn(first), []);

    // Each of them is there once it is needed: so it is known by what is looked for above.
    await tab.row(/Slow water/).click();
    await tab.form.locator('.ProseMirror').waitFor();
    await tab.row(/Unsafe HTML/).click();
    await tab.form.locator('.cm-content').waitFor();
    const check: Page = await editor.ann.newPage();
    await check.goto(`${editor.site.url}/admin/documents/${document}/preview/check`, { waitUntil: 'load' });
    assert.deepEqual(namesIn(await textsOf(loaded)), Object.keys(LATER));
    assert.deepEqual(tab.faults, []);
  });
});

async function textsOf(loaded: ReadonlyMap<string, Promise<string>>): Promise<ReadonlyMap<string, string>> {
  return new Map(await Promise.all(Array.from(loaded, async ([name, text]) => [name, await text] as const)));
}

function namesIn(scripts: ReadonlyMap<string, string>): readonly string[] {
  const all = [...scripts.values()];
  return Object.entries(LATER).flatMap(([name, sign]) =>
    all.some((text) => text.includes(sign)) ? [name] : [],
  );
}
