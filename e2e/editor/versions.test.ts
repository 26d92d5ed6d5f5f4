import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { changeDraft, commitDraft, readDraft, readHistory, trustedAuthor } from 'widgy/documents';
import { createWidget, type Operation } from 'widgy/tree';
import { faultsOf } from '../faults.ts';
import {
  CONTENT,
  type EditorSite,
  type EditorTab,
  openEditor,
  openEditorSite,
  outlineOf,
  textOf,
  type WrittenWidget,
} from './editor-fixture.ts';

/** What is done to the first version: something of each kind of difference. */
const CHANGES: readonly Operation[] = [
  {
    kind: 'insert',
    widget: createWidget({ id: 'fresh', type: 'heading', fields: { text: 'Fords', level: 'h2' } }),
    at: { parent: 'root', slot: 'main', before: 'words' },
  },
  { kind: 'remove', id: 'press' },
  { kind: 'move', id: 'inner', to: { parent: 'empty' } },
  { kind: 'set', id: 'intro', fields: { text: 'Wide rivers' }, unset: [] },
];

describe('versions of a page', () => {
  let editor: EditorSite;
  let ann: BrowserContext;
  before(async () => {
    editor = await openEditorSite();
    ann = await editor.person('Ann');
    ann.setDefaultTimeout(8_000);
  });
  after(() => editor?.[Symbol.asyncDispose]());

  const author = trustedAuthor('test');
  const commit = async (document: string, message = '') => {
    const { documents } = editor.site.widgy;
    const read = await readDraft(documents, document);
    assert.ok(read);
    const made = await commitDraft(documents, document, { after: read.draft.sequence, message }, author);
    assert.ok(made.ok, JSON.stringify(made));
  };
  const change = async (document: string, operations: readonly Operation[]) => {
    const { documents } = editor.site.widgy;
    const read = await readDraft(documents, document);
    assert.ok(read);
    const made = await changeDraft(documents, document, { after: read.draft.sequence, operations }, author);
    assert.ok(made.ok, JSON.stringify(made));
  };
  /** A page with one version, and a draft that differs from it. */
  const changedPage = async (title: string) => {
    const document = await editor.newPage(title, CONTENT);
    const first = await editor.draft(document);
    await commit(document, 'The first');
    await change(document, CHANGES);
    return { document, first, second: await editor.draft(document) };
  };
  const open = async (document: string) => await openEditor(editor, ann, document);
  const visit = async (title: string) => {
    const page = await ann.newPage();
    const answer = await page.goto(`${editor.site.url}/${title.toLowerCase()}`);
    const seen = { status: answer?.status(), text: await page.locator('body').innerText() };
    await page.close();
    return seen;
  };

  it('row 27: lists the versions with names, and marks what is different between two in the page and in the outline', async () => {
    const { document, second } = await changedPage('Weirs');
    const tab = await open(document);
    await press(tab, 'Publish');
    const window = tab.page.getByRole('dialog');
    await window.getByLabel('Note').fill('A <b>second</b> one');
    await window.getByRole('button', { name: 'Publish', exact: true }).click();
    await window.getByText('Visitors see the draft now.').waitFor();
    await tab.page.keyboard.press('Escape');
    await window.waitFor({ state: 'detached' });

    await press(tab, 'History');
    const panel = tab.page.getByRole('region', { name: 'History' });
    await panel.getByRole('heading', { name: 'History' }).and(tab.page.locator(':focus')).waitFor();
    const versions = panel.getByRole('list', { name: 'Versions' }).getByRole('listitem');
    await versions.nth(2).waitFor();
    const [draft = '', newest = '', oldest = ''] = await versions.allInnerTexts();
    assert.match(draft, /^Draft/);
    assert.match(newest, /^Version 2\s+On the site\s+Ann, [^]*A <b>second<\/b> one/);
    assert.match(oldest, /^Version 1[^]*The first/);
    assert.deepEqual(await faultsOf(tab.page), []);

    await panel.getByRole('button', { name: 'Compare version 1 with the draft' }).click();
    await panel.getByRole('heading', { name: 'Version 1 compared with Draft' }).waitFor();
    await panel.getByText('1 added, 1 removed, 1 moved, and 1 changed').waitFor();
    const differences = panel.getByRole('list', { name: /compared with/ }).getByRole('listitem');
    assert.deepEqual(
      (await differences.allInnerTexts()).map((text) => text.split('\n').slice(0, 2).join(' ')),
      [
        'Added Heading: Fords',
        'Removed Button: Press',
        'Moved Heading: Banks',
        'Changed Heading: Wide rivers',
      ],
    );
    const field = panel.getByRole('group', { name: /^Text of .*, after/ });
    assert.equal(await field.locator('ins').textContent(), 'Wide rivers');
    await boxes(tab, 'added').and(tab.page.getByText('Added')).waitFor();
    for (const kind of ['moved', 'changed']) await boxes(tab, kind).waitFor();
    for (const name of [/Fords, Added/, /Banks, Moved/, /Wide rivers, Changed/]) await tab.row(name).waitFor();
    assert.deepEqual(await faultsOf(tab.page), []);
    await tab.page.screenshot({ path: '/tmp/ed/v-compare.png' });

    // What was removed is to be seen where it still is.
    await differences.getByRole('button', { name: 'Button: Press', exact: true }).click();
    await tab.preview.getByText('Press').waitFor();
    await boxes(tab, 'removed').waitFor();
    await tab.row(/Press, Removed/).waitFor();
    const note = tab.page.getByText('You see version 1. It cannot be changed.');
    await note.waitFor();
    assert.deepEqual(await faultsOf(tab.page), []);
    await tab.page.screenshot({ path: '/tmp/ed/v-removed.png' });
    // Nothing can be done to it by any way.
    await tab.preview.getByRole('heading', { name: 'Rivers' }).dblclick();
    await tab.page.keyboard.type('xx');
    for (const key of ['Delete', 'Control+d', 'Alt+ArrowDown']) await tab.page.keyboard.press(key);
    assert.equal(await tab.page.locator('.box-grip, .box-add').count(), 0);
    await tab.row(/Rivers/).click();
    await tab.page.keyboard.press('Delete');
    await tab.page.getByRole('button', { name: 'Back to the draft' }).click();
    await tab.preview.getByRole('heading', { name: 'Wide rivers' }).waitFor();
    await note.waitFor({ state: 'detached' });
    await tab.saved();
    assert.equal(textOf(await editor.draft(document)), textOf(second));

    // Any two.
    await panel.getByLabel('After').selectOption('Version 2');
    await panel.getByRole('heading', { name: 'Version 1 compared with Version 2' }).waitFor();
    await panel.getByRole('button', { name: 'The other way round' }).click();
    await panel.getByRole('heading', { name: 'Version 2 compared with Version 1' }).waitFor();
    await panel.getByText('1 added, 1 removed, 1 moved, and 1 changed').waitFor();
    await tab.row(/Press, Added/).waitFor();
    await boxes(tab, 'added').waitFor();
    await tab.preview.getByText('Press').waitFor();

    await panel.getByRole('button', { name: 'Close' }).click();
    await panel.waitFor({ state: 'detached' });
    await tab.preview.getByRole('heading', { name: 'Wide rivers' }).waitFor();
    await tab.row(/Wide rivers$/).waitFor();
    assert.equal(await tab.page.locator('.box.added, .box.moved, .box.changed').count(), 0);
    assert.equal(await focused(tab.page), 'History');
    assert.deepEqual(tab.faults, []);
    await tab.page.close();
  });

  it('row 28: brings back one widget or the whole page, each as a step that is undone from beside the page', async () => {
    const { document, first, second } = await changedPage('Locks');
    const tab = await open(document);
    await press(tab, 'History');
    const panel = tab.page.getByRole('region', { name: 'History' });
    await panel.getByRole('button', { name: 'Compare', exact: true }).first().click();
    await panel.getByRole('button', { name: 'Restore this widget: Button: Press' }).click();
    await announced(tab, 'Restored Button: Press from version 1');
    await tab.row(/Press/).waitFor();
    await tab.preview.getByText('Press').waitFor();
    assert.equal(outlineOf(await editor.draft(document)).includes('press'), true);
    // The focus is still in the panel, and the key means the page.
    assert.equal(await panel.locator(':focus').count(), 1, await focused(tab.page));
    await tab.page.keyboard.press('Control+z');
    await tab.row(/Press/).waitFor({ state: 'detached' });
    await tab.saved();
    assert.equal(textOf(await editor.draft(document)), textOf(second));

    await panel.getByRole('button', { name: 'Versions' }).click();
    await panel.getByRole('button', { name: 'Put this version into the draft' }).click();
    const sure = panel.getByRole('group', { name: /^Replace the draft by version 1\?/ });
    await sure.getByRole('button', { name: 'Cancel' }).and(tab.page.locator(':focus')).waitFor();
    assert.deepEqual(await faultsOf(tab.page), []);
    await sure.getByRole('button', { name: 'Put this version into the draft' }).click();
    await announced(tab, 'The draft is version 1 now.');
    await tab.row(/Rivers$/).waitFor();
    assert.equal(textOf(await editor.draft(document)), textOf(first));
    assert.equal(await panel.locator(':focus').count(), 1, await focused(tab.page));
    await tab.page.keyboard.press('Control+z');
    await tab.row(/Wide rivers/).waitFor();
    await tab.saved();
    assert.equal(textOf(await editor.draft(document)), textOf(second));
    await tab.page.keyboard.press('Control+Shift+z');
    await tab.row(/Rivers$/).waitFor();
    await tab.saved();
    assert.equal(textOf(await editor.draft(document)), textOf(first));
    // It becomes a version of its own when it is published.
    await tab.page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
    assert.deepEqual(tab.faults, []);
    await tab.page.close();
  });
});

function press({ page }: EditorTab, name: string): Promise<void> {
  return page.getByRole('banner').getByRole('button', { name, exact: true }).click();
}

function boxes({ page }: EditorTab, kind: string): Locator {
  return page.locator(`.box.${kind} .box-name`);
}

function announced({ page }: EditorTab, text: string): Promise<void> {
  return page.locator('.hidden-text[role="status"]', { hasText: text }).waitFor({ state: 'attached' });
}

function focused(page: Page): Promise<string | undefined> {
  return page.evaluate(() => {
    const element = window.document.activeElement;
    return element?.getAttribute('aria-label') ?? element?.outerHTML.slice(0, 200);
  });
}
