import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { endSessions } from 'widgy/accounts';
import { listCallouts } from 'widgy/callouts';
import { findWidget } from 'widgy/tree';
import { editorSuite } from './editor-suite.ts';
import type { EditorTab } from './editor-tab.ts';
import { looksNow } from './looks.ts';

const CONTENT = [
  { id: 'title', type: 'heading', fields: { text: 'Ferry times', level: 'h2' } },
  { id: 'words', type: 'text', fields: { text: '<p>Every hour.</p>' } },
  { id: 'last', type: 'heading', fields: { text: 'Last one', level: 'h2' } },
];

describe('what is shared', () => {
  const editor = editorSuite();

  /** Opens the menu of a row and presses something in it. */
  async function choose(tab: EditorTab, row: RegExp, what: string): Promise<void> {
    await tab.row(row).click();
    await tab
      .row(row)
      .getByRole('button', { name: /^Actions for/ })
      .click();
    await tab.page.getByRole('menuitem', { name: what, exact: true }).click();
  }

  /** Makes two widgets of a page shared. */
  async function share(tab: EditorTab, name: string): Promise<void> {
    await tab.row(/Ferry times/).click();
    await tab.row(/Every hour/).click({ modifiers: ['Shift'] });
    await tab
      .row(/Every hour/)
      .getByRole('button', { name: /^Actions for/ })
      .click();
    await tab.page.getByRole('menuitem', { name: 'Make shared' }).click();
    const dialog = tab.page.getByRole('dialog', { name: 'Make shared' });
    await dialog.getByLabel('Name of the call-out').fill(name);
    await dialog.getByRole('button', { name: 'Make shared' }).click();
    await dialog.waitFor({ state: 'hidden' });
  }

  it('row 29: widgets become a call-out as one step, which undo takes back', async () => {
    const { document, tab } = await editor.open('Share one', CONTENT);
    const original = await editor.draftText(document);
    await share(tab, 'Ferries');
    await tab.saved();
    const callout = tab.row(/Call-out.*Shared: Used 1 time/);
    await callout.waitFor();
    await callout.getByText('Ferries').waitFor();
    assert.equal(await callout.locator('[data-badge="shared"]').getAttribute('data-uses'), '1');
    const [shown] = (await editor.draft(document)).root.children;
    assert.equal(shown?.type, 'callout');
    // It is published at once: the page shows what it did.
    await tab.preview.locator('.w-callout', { hasText: 'Ferry times' }).getByText('Every hour.').waitFor();
    await tab.row(/Last one/).click();
    await tab.page.keyboard.press('Control+z');
    await tab.row(/Ferry times/).waitFor();
    await tab.saved();
    assert.equal(await editor.draftText(document), original);
    assert.ok(editor.site.widgy.callouts);
    const { callouts } = await listCallouts(editor.site.widgy.callouts, { text: 'Ferries' });
    assert.deepEqual(
      callouts.map(({ name }) => name),
      ['Ferries'],
    );
    await tab.page.keyboard.press('Control+Shift+z');
    await callout.waitFor();
    // A name that is taken is said beside it, and nothing is done.
    const { tab: other } = await editor.open('Share other', CONTENT);
    await choose(other, /Last one/, 'Make shared');
    const dialog = other.page.getByRole('dialog', { name: 'Make shared' });
    const name = dialog.getByLabel('Name of the call-out');
    assert.equal(await name.inputValue(), 'Last one');
    await name.fill('ferries');
    await name.press('Enter');
    await dialog.getByRole('alert').getByText('There is a call-out of this name already').waitFor();
    await other.page.keyboard.press('Escape');
    assert.deepEqual([...tab.faults, ...other.faults], []);
  });

  it('row 29: an edit of what is shared shows first which pages it changes', async () => {
    const { document, tab } = await editor.open('Harbour side', CONTENT);
    await share(tab, 'Crossings');
    await tab.saved();
    const second = await editor.newPage('Island side', [
      ...(await editor.draft(document)).root.children
        .filter(({ type }) => type === 'callout')
        .map(({ fields }) => ({ id: 'again', type: 'callout', fields })),
    ]);
    const island = await editor.edit(second);
    await island.row(/Call-out.*Used 2 times/).click();
    await island.page.getByRole('complementary', { name: 'Shared' }).getByText('Crossings').waitFor();
    await choose(island, /Call-out/, 'Edit what is shared…');
    const dialog = island.page.getByRole('dialog', { name: 'Crossings' });
    const affected = dialog.getByRole('list', { name: 'It is used on these pages:' });
    await affected.waitFor();
    await dialog.getByText('A change of it shows on 2 pages.').waitFor();
    assert.deepEqual(await affected.getByRole('link').allTextContents(), ['Harbour side', 'Island side']);
    await dialog.getByRole('link', { name: 'Edit what is shared' }).click();
    await island.page.waitForURL((url) => !url.pathname.includes(second));
    // There it is said again, before the fields.
    const note = island.page.getByRole('complementary', { name: 'Shared' });
    await note.getByText('A change of it shows on 2 pages.').waitFor();
    await island.row(/Ferry times/).click();
    await island.form.getByLabel('Text').fill('Ferries of the week');
    await island.saved();
    // And once more before it is published: then visitors see it on all of them.
    await island.tool('Publish').click();
    const publishing = island.page.getByRole('dialog', { name: 'On the site' });
    await publishing.getByText('A change of it shows on 2 pages.').waitFor();
    await publishing.getByRole('button', { name: 'Publish', exact: true }).waitFor();
    assert.deepEqual(await looksNow(island.page), []);
    assert.deepEqual([...tab.faults, ...island.faults], []);
  });

  it('row 29: a copy is detached as one step, and the others keep what is shared', async () => {
    const { document, tab } = await editor.open('Detach', CONTENT);
    await share(tab, 'Sailings');
    await tab.saved();
    const before = await editor.draftText(document);
    await choose(tab, /Call-out/, 'Detach a copy');
    await tab.row(/Ferry times/).waitFor();
    await tab.saved();
    const { root } = await editor.draft(document);
    assert.deepEqual(
      root.children.map(({ type, fields }) => [type, fields.text]),
      CONTENT.map(({ type, fields }) => [type, fields.text]),
    );
    assert.equal(findWidget(await editor.draft(document), 'title'), undefined, 'copies have other ids');
    await tab.page.keyboard.press('Control+z');
    await tab.row(/Call-out/).waitFor();
    await tab.saved();
    assert.equal(await editor.draftText(document), before);
    assert.deepEqual(tab.faults, []);
  });

  it('row 21: signed out in the middle, it goes on when the same person signs in, and not for another', async () => {
    const document = await editor.newPage('Signed out', CONTENT);
    const cleo = await editor.account('Cleo');
    const { context } = cleo;
    const bob = await editor.person('Bob');
    const tab = await editor.edit(document, context);
    await tab.row(/Last one/).click();
    const field = tab.form.getByLabel('Text');
    await field.fill('Second to last');
    await tab.saved();
    await endSessions(editor.site.widgy.accounts, cleo.id);
    await field.fill('Written while signed out');
    const saving = tab.page.locator('.saving');
    await tab.page.locator('.saving[data-state="signed-out"]').waitFor();
    await saving.getByText('You are signed out. Sign in to save.').waitFor();
    const link = saving.getByRole('link', { name: 'Sign in' });
    // Bob takes the keyboard: his session is the browser's now, and the tab is still Cleo's.
    const [session] = (await bob.cookies()).filter(({ name }) => name === 'widgy');
    assert.ok(session);
    await context.addCookies([session]);
    await saving.getByText('Somebody else is signed in. Sign in as Cleo to save.').waitFor();
    await field.fill('Written by Cleo');
    await tab.page.locator('.saving[data-state="signed-out"]').waitFor();
    assert.equal(await textAt(document), 'Second to last');
    await context.clearCookies();
    const [page] = await Promise.all([context.waitForEvent('page'), link.click()]);
    await cleo.signIn(page);
    await tab.saved();
    assert.equal(await textAt(document), 'Written by Cleo');
    // What is kept in her tab is hers, too, whoever loads it again.
    await context.setOffline(true);
    await field.fill('Kept for Cleo');
    await tab.page.locator('.saving[data-state="offline"]').waitFor();
    const before = await context.cookies();
    await context.clearCookies();
    await context.addCookies([session]);
    await context.setOffline(false);
    await tab.page.reload();
    await tab.row(/Written by Cleo/).click();
    await field.fill('Written by Bob');
    await tab.saved();
    assert.equal(await textAt(document), 'Written by Bob');
    await context.clearCookies();
    await context.addCookies(before);
    await tab.page.reload();
    // Both changed the same: nothing of it is dropped.
    await saving.getByText('1 conflict').waitFor();
    await tab.row(/Written by Bob/).click();
    await tab.form.getByText('Kept for Cleo').waitFor();
    assert.deepEqual(tab.faults, []);
  });

  it('row 21: somebody is asked before they leave only where something is not kept', async () => {
    for (const isKept of [true, false]) {
      const document = await editor.newPage(`Leaving ${isKept}`, CONTENT);
      const context = await editor.person('Dan');
      if (!isKept) {
        await context.addInitScript(() => Object.defineProperty(window, 'indexedDB', { value: undefined }));
      }
      const tab = await editor.edit(document, context);
      await tab.row(/Last one/).click();
      await context.setOffline(true);
      await tab.form.getByLabel('Text').fill('Not sent');
      const text = isKept ? 'Offline, kept on this device' : 'This browser cannot keep changes';
      await tab.page.locator('.saving', { hasText: text }).waitFor();
      const asked: string[] = [];
      tab.page.on('dialog', (dialog) => {
        asked.push(dialog.type());
        void dialog.accept();
      });
      await Promise.all([tab.page.waitForEvent('close'), tab.page.close({ runBeforeUnload: true })]);
      assert.deepEqual(asked, isKept ? [] : ['beforeunload']);
      await context.close();
    }
  });

  it('row 24: whoever leaves is gone for the others before their time is over', async () => {
    const document = await editor.newPage('Present', CONTENT);
    const eve = await editor.person('Eve');
    const tab = await editor.edit(document);
    const hers = await editor.edit(document, eve);
    const present = tab.page.getByRole('list', { name: 'Who is here' });
    await present.getByRole('button', { name: /Eve/ }).waitFor();
    await hers.page.close({ runBeforeUnload: true });
    // Without a word of hers it would take twenty seconds and more.
    await present.waitFor({ state: 'hidden', timeout: 15_000 });
  });

  async function textAt(document: string): Promise<unknown> {
    return findWidget(await editor.draft(document), 'last')?.fields.text;
  }
});
