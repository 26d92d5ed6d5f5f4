import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { BrowserContext } from 'playwright-core';
import { CONTENT, type EditorSite, openEditor, openEditorSite, outlineOf } from './editor-fixture.ts';

describe('the editor', () => {
  let editor: EditorSite;
  let ann: BrowserContext;
  before(async () => {
    editor = await openEditorSite();
    ann = await editor.person('Ann');
  });
  after(() => editor?.[Symbol.asyncDispose]());

  it('opens', async () => {
    const document = await editor.newPage('First', CONTENT);
    const tab = await openEditor(editor, ann, document);
    await tab.row(/Rivers/).click();
    await tab.form.getByLabel('Text').fill('Streams');
    await tab.preview.getByText('Streams').waitFor();
    await tab.saved();
    await tab.page.screenshot({ path: '/tmp/ed/fixture.png' });
    assert.match(JSON.stringify(await editor.draft(document)), /Streams/);
    console.log(outlineOf(await editor.draft(document)));
    await tab.page.keyboard.press('Control+z');
    assert.deepEqual(tab.faults, []);
  });
});
