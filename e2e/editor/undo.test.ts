import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { editorSuite } from './editor-suite.ts';
import { until } from './until.ts';
import { changesOf, hold } from './work-fixture.ts';

describe('what was done is taken back and done again', () => {
  const editor = editorSuite();

  it('row 14: keys of somebody who types are theirs, undo among them', async () => {
    const { document, tab } = await editor.open('Typing');
    const before = await editor.draftText(document);
    await tab.row(/Rivers/).click();
    const field = tab.form.getByLabel('Text');
    await field.focus();
    await tab.page.keyboard.press('End');
    for (const key of ['a', '?', '/', 'd', 'Backspace']) await tab.page.keyboard.press(key);
    assert.equal(await field.inputValue(), 'Riversa?/');
    await editor.becomes(document, /Riversa\?\//);
    // As often as there are keys to take back, at most.
    for (let press = 0; press < 8 && (await field.inputValue()) !== 'Rivers'; press++)
      await tab.page.keyboard.press('Control+z');
    assert.equal(await field.inputValue(), 'Rivers');
    await editor.becomes(document, before);
    assert.equal(await tab.page.getByRole('dialog').count(), 0);
    assert.deepEqual(tab.faults, []);
  });

  it('row 15: takes back and does again whatever was done, a typing burst as one step, also after a reload', async () => {
    const { document, tab } = await editor.open('Undo');
    const { page } = tab;
    const states = [await editor.draftText(document)];
    const did = async (act: () => Promise<unknown>) => {
      const before = states.at(-1);
      await act();
      const text = await until(
        () => editor.draftText(document),
        (now) => now !== before,
      );
      states.push(text);
    };
    const onRow = async (name: RegExp, key: string) => {
      await tab.row(name).first().click();
      await page.keyboard.press(key);
    };
    await did(() => onRow(/Rivers/, 'Control+d'));
    await did(() => onRow(/Slow water/, 'Alt+ArrowDown'));
    await did(() => onRow(/Press/, 'Delete'));
    await did(async () => {
      await tab.row(/Banks/).click();
      // The request waits until all was typed, so that the last state is the whole of it.
      const held = await hold(page);
      await tab.form.getByLabel('Text').fill('');
      await tab.form.getByLabel('Text').pressSequentially('Shores of the river');
      await held.release();
    });
    await editor.becomes(document, /Shores of the river/);
    states[states.length - 1] = await editor.draftText(document);
    await tab.saved();

    await page.reload();
    await tab.row(/Shores/).click();
    for (const state of states.slice(0, -1).toReversed()) {
      await page.keyboard.press('Control+z');
      await editor.becomes(document, state);
    }
    await tab.page.getByRole('button', { name: 'There is nothing to undo' }).waitFor();
    // Quicker than the server answers, and by the buttons.
    for (const _ of states.slice(1)) await page.getByRole('button', { name: /^Redo / }).click();
    await editor.becomes(document, states.at(-1) ?? '');
    for (const _ of states.slice(1)) await page.keyboard.press('Control+z');
    await editor.becomes(document, states[0] ?? '');
    assert.deepEqual(tab.faults, []);
  });

  it('row 15: takes back more than 200 steps', async () => {
    const { document, tab } = await editor.open('Many steps');
    const { page } = tab;
    const start = await editor.draftText(document);
    await tab.row(/Rivers/).click();
    const steps = 210;
    for (let step = 0; step < steps; step++)
      await page.keyboard.press(step % 2 === 0 ? 'Alt+ArrowDown' : 'Alt+ArrowUp');
    await until(
      () => changesOf(editor, document),
      (count) => count === steps,
    );
    for (let step = 0; step < steps; step++) await page.keyboard.press('Control+z');
    await page.getByRole('button', { name: 'There is nothing to undo' }).waitFor();
    await until(
      () => changesOf(editor, document),
      (count) => count === 2 * steps,
    );
    assert.equal(await editor.draftText(document), start);
    assert.deepEqual(tab.faults, []);
  });

  it("row 15: never takes back somebody else's later work", async () => {
    const { document, tab } = await editor.open('Later work');
    const other = await editor.editAsBob(document);
    await tab.row(/Banks/).click();
    await tab.form.getByLabel('Text').fill('Of Ann');
    await tab.saved();
    await other.row(/Of Ann/).click();
    await other.form.getByLabel('Text').fill('Of Bob');
    await tab.row(/Of Bob/).waitFor();
    await tab.row(/Slow water/).click();
    await tab.page.keyboard.press('Control+z');
    await tab.page.getByText('Somebody else has worked on this since.').waitFor();
    assert.match(await editor.draftText(document), /Of Bob/);
    assert.deepEqual([...tab.faults, ...other.faults], []);
  });

  it('row 16: gives what was deleted back with its ids, and can delete it again', async () => {
    const { document, tab } = await editor.open('Delete');
    const before = await editor.draftText(document);
    await tab.row(/Section: soft/).click();
    await tab.page.keyboard.press('Delete');
    await until(
      () => editor.draftText(document),
      (text) => !text.includes('"inner"'),
    );
    const gone = await editor.draftText(document);
    await tab.page.keyboard.press('Control+z');
    await editor.becomes(document, before);
    await tab.row(/Banks/).waitFor();
    await tab.page.keyboard.press('Control+Shift+z');
    await editor.becomes(document, gone);
    await tab.page.keyboard.press('Control+z');
    await editor.becomes(document, before);
    assert.deepEqual(tab.faults, []);
  });
});
