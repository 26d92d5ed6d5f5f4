import assert from 'node:assert/strict';
import { before, describe, it } from 'node:test';
import type { Locator } from 'playwright-core';
import { CONTENT, outlineOf, textOf } from './editor-fixture.ts';
import { editorSuite } from './editor-suite.ts';
import type { EditorTab } from './editor-tab.ts';
import { looksNow } from './looks.ts';
import { said } from './page-state.ts';
import { CHANGES, change, commit } from './versions-fixture.ts';

describe('versions of a page', () => {
  const editor = editorSuite();
  before(() => editor.ann.setDefaultTimeout(10_000));

  /** A page with one version, and a draft that differs from it. */
  const changedPage = async (title: string) => {
    const document = await editor.newPage(title, CONTENT);
    const first = await editor.draft(document);
    await commit(editor, document, { message: 'The first' });
    await change(editor, document, CHANGES);
    return { document, first, second: await editor.draft(document) };
  };

  it('row 27: lists the versions with names, and marks what is different between two in the page and in the outline', async () => {
    const { document, second } = await changedPage('Weirs');
    const tab = await editor.edit(document);
    await tab.tool('Publish').click();
    const window = tab.page.getByRole('dialog');
    await window.getByLabel('Note').fill('A <b>second</b> one');
    await window.getByRole('button', { name: 'Publish', exact: true }).click();
    await window.getByText('It is published. Visitors see it now.').waitFor();
    await tab.page.keyboard.press('Escape');
    await window.waitFor({ state: 'detached' });

    await tab.tool('History').click();
    const panel = tab.page.getByRole('region', { name: 'History' });
    await panel.getByRole('heading', { name: 'History' }).and(tab.page.locator(':focus')).waitFor();
    const versions = panel.getByRole('list', { name: 'Versions' }).getByRole('listitem');
    await versions.nth(2).waitFor();
    const [draft = '', newest = '', oldest = ''] = await versions.allInnerTexts();
    assert.match(draft, /^Draft/);
    assert.match(newest, /^Version 2\s+On the site\s+Ann, [\s\S]*A <b>second<\/b> one/);
    assert.match(oldest, /^Version 1[\s\S]*The first/);
    assert.deepEqual(await looksNow(tab.page), []);

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
    for (const name of [/Fords, Added/, /Banks, Moved/, /Wide rivers, Changed/])
      await tab.row(name).waitFor();
    assert.deepEqual(await looksNow(tab.page), []);

    // What was removed is to be seen where it still is.
    await differences.getByRole('button', { name: 'Button: Press', exact: true }).click();
    await tab.preview.getByText('Press').waitFor();
    await boxes(tab, 'removed').waitFor();
    await tab.row(/Press, Removed/).waitFor();
    const note = tab.page.getByText('You see version 1. It cannot be changed.');
    await note.waitFor();
    assert.deepEqual(await looksNow(tab.page), []);
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
    assert.equal(await editor.draftText(document), textOf(second));

    // Any two.
    await panel.getByLabel('After', { exact: true }).selectOption('Version 2');
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
    await tab.tool('History').and(tab.page.locator(':focus')).waitFor();
    assert.deepEqual(tab.faults, []);
  });

  it('row 28: brings back one widget or the whole page, each as a step that is undone from beside the page', async () => {
    const { document, first, second } = await changedPage('Locks');
    const tab = await editor.edit(document);
    await tab.tool('History').click();
    const panel = tab.page.getByRole('region', { name: 'History' });
    await panel.getByRole('button', { name: 'Compare', exact: true }).first().click();
    await panel.getByRole('button', { name: /^Restore this widget.*Press/ }).click();
    await said(tab.page, 'Restored Button: Press from version 1');
    await tab.row(/Press/).waitFor();
    await tab.preview.getByText('Press').waitFor();
    assert.equal(outlineOf(await editor.draft(document)).includes('press'), true);
    // The focus is still in the panel, and the key means the page.
    await panel.locator(':focus').waitFor();
    await tab.page.keyboard.press('Control+z');
    await tab.row(/Press/).waitFor({ state: 'detached' });
    await tab.saved();
    assert.equal(await editor.draftText(document), textOf(second));

    await panel.getByRole('button', { name: 'Versions' }).click();
    await panel.getByRole('button', { name: 'Put this version into the draft' }).click();
    const sure = panel.getByRole('group', { name: /^Replace the draft by version 1\?/ });
    await sure.getByRole('button', { name: 'Cancel' }).and(tab.page.locator(':focus')).waitFor();
    assert.deepEqual(await looksNow(tab.page), []);
    await sure.getByRole('button', { name: 'Put this version into the draft' }).click();
    await said(tab.page, 'The draft is version 1 now.');
    await tab.row(/Rivers$/).waitFor();
    assert.equal(await editor.draftText(document), textOf(first));
    await panel.locator(':focus').waitFor();
    await tab.page.keyboard.press('Control+z');
    await tab.row(/Wide rivers/).waitFor();
    await tab.saved();
    assert.equal(await editor.draftText(document), textOf(second));
    await tab.page.keyboard.press('Control+Shift+z');
    await tab.row(/Rivers$/).waitFor();
    await tab.saved();
    assert.equal(await editor.draftText(document), textOf(first));
    // It becomes a version of its own when it is published.
    await tab.page.keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
    assert.deepEqual(tab.faults, []);
  });

  it('publishing: what has to be mended first, now, later, not at all, and back to what was published', async () => {
    const document = await editor.newPage('Ferries', CONTENT);
    const long = { text: 'x'.repeat(201) };
    await change(editor, document, [{ kind: 'set', id: 'intro', fields: long, unset: [] }], {
      isUnchecked: true,
    });
    const tab = await editor.edit(document);
    const window = tab.page.getByRole('dialog');
    const onSite = (text: string) => tab.page.locator('.bar-site').getByText(text, { exact: true }).waitFor();
    await onSite('Not published');
    await tab.tool('Publish').click();
    await window.getByText('Visitors see nothing of it yet.').waitFor();
    const hindrances = window.getByRole('region', { name: /^One problem has to be mended/ });
    assert.equal(await submit(window).count(), 0);
    assert.deepEqual(await looksNow(tab.page), []);
    await hindrances.getByRole('button', { name: /^Text of Heading/ }).click();
    await window.waitFor({ state: 'detached' });
    await tab.form.getByLabel('Text').and(tab.page.locator(':focus')).fill('Rivers');
    await tab.tool('Publish').click();
    await window.getByLabel('Note').fill('From the landing');
    // Nobody publishes what they have not seen.
    await change(editor, document, [{ kind: 'set', id: 'inner', fields: { text: 'Shores' }, unset: [] }]);
    await tab.row(/Shores/).waitFor({ state: 'attached' });
    await submit(window).click();
    await window.getByText(/^It was not published\./).waitFor();
    await submit(window).click();
    await window.getByText('It is published. Visitors see it now.').waitFor();
    await window.getByText('Visitors see the page as it is here.').waitFor();
    const address = await window.getByRole('link').getAttribute('href');
    assert.ok(address);
    const visit = async () => {
      const answer = await editor.ann.request.get(new URL(address, editor.site.url).href);
      return { status: answer.status(), isNew: (await answer.text()).includes('Deltas') };
    };
    assert.deepEqual(await visit(), { status: 200, isNew: false });
    assert.deepEqual(await looksNow(tab.page), []);
    await tab.page.keyboard.press('Escape');
    await onSite('Published');

    await tab.row(/Rivers/).click();
    await tab.form.getByLabel('Text').fill('Deltas');
    await onSite('Changes not published');
    await tab.tool('Publish').click();
    await window.getByText('Visitors see version 1. The draft is different.').waitFor();
    await window.getByLabel('At a time').check();
    const time = window.getByLabel('Day and time');
    await time.fill('2001-01-01T10:00');
    await window.getByRole('button', { name: 'Schedule' }).click();
    await window.getByRole('alert').getByText('Choose a time that is still to come.').waitFor();
    await time.and(tab.page.locator(':focus')).waitFor();
    assert.deepEqual(await looksNow(tab.page), []);
    await time.fill('2099-01-01T10:00');
    await window.getByRole('button', { name: 'Schedule' }).click();
    await window.getByText(/^It will be published on .*2099/).waitFor();
    const coming = window.getByRole('region', { name: 'Still to come' });
    await coming.getByText(/^Version 2 from .*2099/).waitFor();
    assert.deepEqual(await visit(), { status: 200, isNew: false });
    assert.deepEqual(await looksNow(tab.page), []);
    await coming.getByRole('button', { name: 'Cancel it' }).click();
    await coming.waitFor({ state: 'detached' });
    await window.getByText('The draft is kept as version 2 already.').waitFor();
    await submit(window).click();
    await window.getByText('It is published. Visitors see it now.').waitFor();
    assert.deepEqual(await visit(), { status: 200, isNew: true });
    await tab.page.keyboard.press('Escape');

    await tab.form.getByLabel('Text').fill('Mouths');
    await tab.tool('Publish').click();
    await window.getByRole('button', { name: 'Discard the changes' }).click();
    const sure = window.getByRole('group', { name: 'Put the draft back to version 2?' });
    await sure.getByRole('button', { name: 'Discard the changes' }).click();
    await window.getByText('The draft is the last version again.').waitFor();
    assert.match(await editor.draftText(document), /Deltas/);
    await window.getByRole('button', { name: 'Unpublish' }).click();
    await window
      .getByRole('group', { name: /^Take this page off/ })
      .getByRole('button', { name: 'Unpublish' })
      .click();
    await window.getByText('The page is off the site.').waitFor();
    await window.getByText('It was taken off the site. Visitors see nothing of it.').waitFor();
    assert.equal((await visit()).status, 404);
    await window.locator(':focus').waitFor();
    await tab.page.keyboard.press('Escape');
    await window.waitFor({ state: 'detached' });
    // What was discarded is a step like any other.
    await tab.row(/Deltas/).click();
    await tab.page.keyboard.press('Control+z');
    await tab.row(/Mouths/).waitFor();
    await tab.saved();
    assert.match(await editor.draftText(document), /Mouths/);
    assert.deepEqual(tab.faults, []);
  });
});

function submit(window: Locator): Locator {
  return window.locator('.publish-form').getByRole('button', { name: 'Publish', exact: true });
}

function boxes({ page }: EditorTab, kind: string): Locator {
  return page.locator(`.box.${kind} .box-name`);
}
