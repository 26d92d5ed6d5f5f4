import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { editorSuite } from './editor-suite.ts';
import { lift, startOf } from './outline-drag-fixture.ts';
import { assertOn, idsIn, linesOf, openOutline, rowsOf } from './outline-fixture.ts';
import { said, twoFrames } from './page-state.ts';

describe('several in the outline', () => {
  const editor = editorSuite();

  it('row 18: several at once, each time as one step', async () => {
    const { document, tab, page } = await openOutline(editor, 'Several');
    const { keyboard } = page;
    const start = await editor.draftText(document);
    const shown = async () => linesOf(await rowsOf(tab));
    const first = await shown();

    /** Does something with what is selected, and takes it back with one undo. */
    const oneStep = async (name: string, act: () => Promise<void>, becomes: RegExp) => {
      await act();
      await tab.saved();
      assert.match(await shown(), becomes, name);
      await tab.outline.getByRole('tree').focus();
      await keyboard.press('Control+z');
      await page.getByRole('button', { name: 'Nothing to undo' }).waitFor();
      await tab.saved();
      assert.equal(await shown(), first, name);
      assert.equal(await editor.draftText(document), start, name);
    };

    // One by one with Ctrl, in any order: they keep the order of the page.
    const choose = async () => {
      await tab.row('The sea').click();
      await tab.row('Rivers').click({ modifiers: ['Control'] });
      await tab.row('Slow water').click({ modifiers: ['Control'] });
      await tab.row('Banks').click({ modifiers: ['Control'] });
      await tab.row('Slow water').click({ modifiers: ['Control'] });
      await assertOn(tab, 'words', 'intro inner end', 'Ctrl');
    };
    const ids = async () => idsIn(await editor.draft(document));
    await choose();
    await oneStep(
      'dragging',
      async () => {
        const rows = await rowsOf(tab);
        await lift(tab, rows, 'inner');
        await page.mouse.move(startOf(rows, 4) + 2, rows.find(({ key }) => key === 'empty')?.bottom ?? 0);
        await twoFrames(page);
        await page.mouse.up();
        await said(page, 'Moved 3 widgets to Section');
        await assertOn(tab, 'end', 'intro inner end', 'dragged');
      },
      /empty\n {6}intro\n {6}inner\n {6}end$/,
    );
    await choose();
    await oneStep(
      'the dialog',
      async () => {
        await keyboard.press('m');
        await page.getByRole('dialog', { name: 'Move 3 widgets selected to' }).waitFor();
        await page.getByRole('button', { name: 'Before Tabs' }).click();
        await said(page, 'Moved 3 widgets to Main of One column');
      },
      /press\n {4}intro\n {4}inner\n {4}end\n {4}tabs/,
    );
    await choose();
    await oneStep(
      'deleting',
      async () => {
        await keyboard.press('Delete');
        await said(page, 'Deleted 3 widgets');
      },
      /main\n {4}words\n {4}soft\n {6}press\n {4}tabs[\s\S]*empty$/,
    );

    // A range with Shift, by the mouse or by keys. What stands in another of them goes with it.
    const range = async () => {
      await tab.row('Slow water').click();
      await tab.row('Press').click({ modifiers: ['Shift'] });
      await assertOn(tab, 'press', 'words soft inner press', 'Shift');
    };
    await range();
    await oneStep(
      'moving by keys',
      async () => {
        await keyboard.press('Alt+ArrowDown');
        await said(page, 'Moved 2 widgets to Main of One column');
      },
      /two\n {4}words\n {4}soft\n {6}inner\n {6}press\n {4}empty/,
    );
    await range();
    await oneStep(
      'duplicating',
      async () => {
        await keyboard.press('Control+d');
        await tab.saved();
        const now = await ids();
        assert.equal(now.length, 16);
        assert.equal(await tab.row('Slow water').count(), 2);
        assert.equal(await tab.row('Press').count(), 2);
        // The copies are selected, with ids of their own.
        assert.equal(new Set(now).size, 16);
      },
      /press\n {4}[-\w]{20,}\n {4}[-\w]{20,}\n {6}[-\w]{20,}\n {6}[-\w]{20,}\n {4}tabs/,
    );
    await range();
    await keyboard.press('Control+c');
    await said(page, 'Copied 2 widgets');
    await tab.row('Section: empty').click();
    await oneStep(
      // Not into the section: one of them may not stand there.
      'pasting',
      async () => {
        await keyboard.press('Control+v');
        await tab.row('Press').nth(1).waitFor();
      },
      /empty\n {4}[-\w]{20,}\n {4}[-\w]{20,}\n {6}[-\w]{20,}\n {6}[-\w]{20,}\n {4}end$/,
    );
    await tab.row('Slow water').click();
    await tab.row('The sea').click({ modifiers: ['Control'] });
    await oneStep(
      'cutting',
      async () => {
        await keyboard.press('Control+x');
        await tab.row('The sea').waitFor({ state: 'detached' });
      },
      /intro\n {4}soft[\s\S]*empty$/,
    );
    assert.deepEqual(tab.faults, []);
  });
});
