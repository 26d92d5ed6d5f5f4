import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { editorSuite } from './editor-suite.ts';
import { assertOn, idsIn, linesOf, openOutline, rowsOf } from './outline-fixture.ts';
import { focusedRole, isInTree, said } from './page-state.ts';

describe('the outline', () => {
  const editor = editorSuite();

  it('row 10: everything is moved by clicks alone, to any place where it may stand and to no other', async () => {
    const { document, tab, page } = await openOutline(editor, 'Clicks');
    const dialog = page.getByRole('dialog');
    const openDialog = async (name: string) => {
      await tab.row(name).click();
      await tab.outline.getByRole('button', { name: `Actions for ${name}` }).click();
      await page.getByRole('menuitem', { name: 'Move to…' }).click();
      await dialog.waitFor();
    };
    /** What can be clicked below what, all of it opened. */
    const places = async () => {
      const found: string[] = [];
      for (const target of await dialog.locator('.move-targets > li').all()) {
        const summary = target.locator('summary');
        if ((await target.locator('details').getAttribute('open')) === null) await summary.click();
        const all = await target.getByRole('button').evaluateAll((buttons) =>
          buttons.map((button) => {
            const isOff = button instanceof HTMLButtonElement && button.disabled;
            return `${isOff ? '–' : ''}${button.textContent?.replace(/ \(.*\)/, '')}`;
          }),
        );
        found.push(`${await summary.textContent()}: ${all.join(', ')}`);
      }
      return found;
    };

    await openDialog('Tab: Two');
    assert.deepEqual(await places(), ['In Tabs: Before Tab: One, –Last in Tabs']);
    await dialog.getByRole('button', { name: 'Before Tab: One' }).click();
    await dialog.waitFor({ state: 'detached' });
    await said(page, 'Moved Tab to 1 of 2 in Tabs');
    assert.equal(await focusedRole(page), 'tree');

    await openDialog('Button: Press');
    assert.deepEqual(await places(), [
      'In Main of One column: Before Heading: Rivers, Before Text: Slow water., Before Section: soft, Before Tabs, Before Section: empty, Before Text: The sea., Last in Main of One column',
      'In Section: soft: Before Heading: Banks, –Last in Section: soft',
      'In Tab: Two: In Tab: Two',
      'In Tab: One: Before Text: In one., Last in Tab: One',
      'In Section: empty: In Section: empty',
    ]);
    // Searched for, what is found is open.
    await dialog.getByRole('searchbox').fill('tab: two');
    await dialog.getByRole('button', { name: 'In Tab: Two' }).click();
    await dialog.waitFor({ state: 'detached' });
    await openDialog('Section: soft');
    assert.deepEqual(await places(), [
      'In Main of One column: Before Heading: Rivers, Before Text: Slow water., –Before Tabs, Before Section: empty, Before Text: The sea., Last in Main of One column',
    ]);
    await dialog.getByRole('button', { name: 'Last in Main of One column' }).click();
    await dialog.waitFor({ state: 'detached' });
    await tab.saved();
    assert.equal(
      linesOf(await rowsOf(tab)),
      [
        ...['root', '  root:main', '    intro', '    words', '    tabs', '      two', '        press'],
        ...['      one', '        first', '    empty', '    end', '    soft', '      inner'],
      ].join('\n'),
    );
    const ids = idsIn(await editor.draft(document)).join(' ');
    assert.equal(ids, 'root intro words tabs two press one first empty end soft inner');
    // One step up or down by the same menu.
    await tab.row('The sea').click({ button: 'right' });
    await tab.row('The sea').click();
    await tab.outline.getByRole('button', { name: 'Actions for Text: The sea' }).click();
    await page.getByRole('menuitem', { name: 'Move up' }).click();
    await said(page, 'Moved Text to 4 of 6 in Main of One column');
    assert.deepEqual(tab.faults, []);
  });

  it('row 11: the keys of the pattern for trees, and one Tab stop', async () => {
    const { tab, page } = await openOutline(editor, 'Keys');
    const { keyboard } = page;
    await tab.row('Rivers').click();
    const tree = tab.outline.getByRole('tree');
    assert.equal(await tree.getAttribute('aria-multiselectable'), 'true');
    const steps: readonly [keys: readonly string[], active: string, selected: string][] = [
      [[], 'intro', 'intro'],
      [['ArrowDown'], 'words', 'words'],
      [['ArrowUp', 'ArrowUp'], 'root:main', 'intro'],
      [['ArrowUp', 'ArrowUp'], 'root', 'root'],
      [['End'], 'root:main+', 'root'],
      [['Home'], 'root', 'root'],
      // Into what is open, out of it, closed and opened again.
      [['ArrowRight', 'ArrowRight'], 'intro', 'intro'],
      [['ArrowRight'], 'intro', 'intro'],
      [['ArrowDown', 'ArrowDown'], 'soft', 'soft'],
      [['ArrowRight'], 'inner', 'inner'],
      [['ArrowLeft'], 'soft', 'soft'],
      [['ArrowLeft'], 'soft', 'soft'],
      [['ArrowDown'], 'tabs', 'tabs'],
      [['ArrowUp', 'ArrowRight', 'ArrowDown'], 'inner', 'inner'],
      // By what is read there. Another key begins a new word.
      [['Home', ...'text t'], 'end', 'end'],
      [['Home', 'S'], 'soft', 'soft'],
      [['Home', 'S', 'S'], 'empty', 'empty'],
      // Looking at others without selecting them, and several.
      [['Control+ArrowDown', 'Control+ArrowDown'], 'end', 'empty'],
      [['Control+ '], 'end', 'empty end'],
      [['Home', 'ArrowDown', 'ArrowDown', 'Shift+ArrowDown'], 'words', 'intro words'],
    ];
    for (const [keys, active, selected] of steps) {
      // Without waiting between them, so that what is typed is one word on a slow machine, too.
      await Promise.all(keys.map((key) => keyboard.press(key)));
      await assertOn(tab, active, selected, keys.join(' '));
    }
    const sections = tab.row('Section: soft');
    assert.equal(await sections.getAttribute('aria-expanded'), 'true');
    await tab.row('Section: soft').click();
    await keyboard.press('ArrowLeft');
    assert.equal(await sections.getAttribute('aria-expanded'), 'false');
    assert.equal(await tab.row('Banks').count(), 0);
    await keyboard.press('*');
    await tab.row('Banks').waitFor();
    // Where each stands.
    assert.deepEqual(await sections.evaluate((row) => [row.ariaLevel, row.ariaPosInSet, row.ariaSetSize]), [
      '3',
      '3',
      '7',
    ]);

    // One stop: with Shift+Tab and with Tab the next one is not in the tree.
    await tree.focus();
    await keyboard.press('Tab');
    assert.notEqual(await focusedRole(page), 'tree');
    assert.equal(await isInTree(page), false);
    await keyboard.press('Shift+Tab');
    assert.equal(await focusedRole(page), 'tree');
    await keyboard.press('Shift+Tab');
    assert.equal(await isInTree(page), false);
    await keyboard.press('Tab');
    // What its buttons do can be done from there.
    await keyboard.press('Shift+F10');
    await page.getByRole('menu', { name: 'Actions for Section: soft' }).waitFor();
    await keyboard.press('ArrowDown');
    await keyboard.press('Escape');
    await page.getByRole('menu').waitFor({ state: 'detached' });
    assert.equal(await focusedRole(page), 'tree');
    await assertOn(tab, 'soft', 'soft', 'the menu');
    assert.deepEqual(tab.faults, []);
  });

  it('row 12: Alt and an arrow move to the next place where it may stand, and say so', async () => {
    const { document, tab, page } = await openOutline(editor, 'Moves');
    const { keyboard } = page;
    const taken = await page.evaluateHandle(() => {
      const events: KeyboardEvent[] = [];
      addEventListener('keydown', (event) => event.key !== 'Alt' && events.push(event), { capture: true });
      return events;
    });
    await tab.row('Rivers').click();
    const steps: readonly [key: string, says: string, parent: string][] = [
      ['Down', 'Moved Heading to 2 of 6 in Main of One column', 'root:main'],
      ['Down', 'Moved Heading to 3 of 6 in Main of One column', 'root:main'],
      ['In', 'Moved Heading to 3 of 3 in Section', 'soft'],
      ['Up', 'Moved Heading to 2 of 3 in Section', 'soft'],
      // Not into the tabs themselves, but on into the next section.
      ['Down', 'Moved Heading to 3 of 3 in Section', 'soft'],
      ['Down', 'Moved Heading to 1 of 1 in Section', 'empty'],
      ['Down', 'Heading cannot go further down.', 'empty'],
      ['Down', 'Heading cannot go further down.', 'empty'],
      ['Out', 'Moved Heading to 5 of 6 in Main of One column', 'root:main'],
      ['Out', 'Heading cannot go further out.', 'root:main'],
      ['Up', 'Moved Heading to 4 of 6 in Main of One column', 'root:main'],
      ['Up', 'Moved Heading to 3 of 6 in Main of One column', 'root:main'],
      ['Down', 'Moved Heading to 4 of 6 in Main of One column', 'root:main'],
      // Into the last tab, for tabs take none.
      ['In', 'Moved Heading to 1 of 1 in Tab', 'two'],
      ['In', 'There is nothing before Heading that it could go into.', 'two'],
      ['Out', 'Moved Heading to 4 of 6 in Main of One column', 'root:main'],
    ];
    const arrows: Readonly<Record<string, string>> = { Up: 'Up', Down: 'Down', Out: 'Left', In: 'Right' };
    for (const [at, [key, says, parent]] of steps.entries()) {
      await keyboard.press(`Alt+Arrow${arrows[key]}`);
      const told = `${at}: ${key}`;
      await said(page, says, told);
      const rows = await rowsOf(tab);
      const row = rows.findIndex((each) => each.key === 'intro');
      const level = rows[row]?.level ?? 0;
      assert.equal(rows.slice(0, row).findLast((each) => each.level < level)?.key, parent, told);
      await assertOn(tab, 'intro', 'intro', told);
      assert.equal(await focusedRole(page), 'tree', told);
    }
    // Nor does the page move, which has nowhere to go to: none of these keys reaches the browser, in the outline or beside it.
    await keyboard.press('Home');
    await keyboard.press('Alt+ArrowLeft');
    await said(page, 'One column cannot go further out.');
    await tab.outline.getByRole('button', { name: 'Close all' }).focus();
    await keyboard.press('Alt+ArrowLeft');
    await said(page, 'One column cannot go further out.');
    const left = await taken.evaluate((events) =>
      events.filter((event) => event.altKey && !event.defaultPrevented).map(({ key }) => key),
    );
    assert.deepEqual(left, []);
    assert.equal(
      await taken.evaluate((events) => events.filter(({ altKey }) => altKey).length),
      steps.length + 2,
    );
    await tab.saved();
    assert.match(await editor.draftText(document), /"soft".*"tabs".*"intro".*"empty"/s);
    assert.deepEqual(tab.faults, []);
  });

  it('row 12: what is said twice is told twice', async () => {
    const { tab, page } = await openOutline(editor, 'Twice');
    await tab.row('Rivers').click();
    const told = await page.evaluateHandle(() => {
      const texts: string[] = [];
      const region = document.querySelector('[role="status"][aria-live="polite"].hidden-text');
      const observer = new MutationObserver(() => {
        if (region?.textContent) texts.push(region.textContent);
      });
      if (region !== null) observer.observe(region, { childList: true, subtree: true, characterData: true });
      return texts;
    });
    for (const count of [1, 2, 3]) {
      await page.keyboard.press('Alt+ArrowUp');
      await page.waitForFunction(([texts, many]) => texts.length >= many, [told, count] as const);
    }
    assert.deepEqual(
      await told.jsonValue(),
      Array.from({ length: 3 }, () => 'Heading cannot go further up.'),
    );
  });

  it('row 13: after deleting, the focus is on the next beside it, else on the one before, else on what is around', async () => {
    const { document, tab, page } = await openOutline(editor, 'Focus');
    const { keyboard } = page;
    await tab.row('Banks').click();
    const steps: readonly [how: string, active: string][] = [
      ['Delete', 'press'],
      ['Backspace', 'soft'],
      ['Delete', 'tabs'],
      ['menu', 'empty'],
      ['Delete', 'end'],
      ['Delete', 'words'],
      ['Delete', 'intro'],
      ['Delete', 'root'],
    ];
    for (const [how, active] of steps) {
      if (how === 'menu') {
        await keyboard.press('Shift+F10');
        await page.getByRole('menuitem', { name: 'Delete' }).click();
      } else await keyboard.press(how);
      await assertOn(tab, active, active, `${how} to ${active}`);
      assert.equal(await focusedRole(page), 'tree', active);
    }
    // What cannot be deleted stays, and so does the focus.
    await keyboard.press('Delete');
    await assertOn(tab, 'root', 'root', 'the page itself');
    assert.equal(await focusedRole(page), 'tree');
    await tab.saved();
    assert.equal((await editor.draft(document)).root.children.length, 0);
    await keyboard.press('Control+z');
    await tab.row('Rivers').waitFor();
    assert.equal(await focusedRole(page), 'tree');

    // Where somebody else deletes what has the focus.
    const other = await editor.editAsBob(document);
    await tab.saved();
    await tab.row('Rivers').click();
    await other.row('Rivers').click();
    await other.page.keyboard.press('Delete');
    await other.saved();
    await tab.row('Rivers').waitFor({ state: 'detached' });
    assert.equal(await focusedRole(page), 'tree');
    assert.deepEqual(tab.faults, []);
  });
});
