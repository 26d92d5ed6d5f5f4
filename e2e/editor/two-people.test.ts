import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { PRESENCE_MS } from 'widgy/documents';
import { NOW } from '../../site/src/site-fixture.ts';
import { editorSuite } from './editor-suite.ts';
import { until } from './until.ts';
import { hold, kill } from './work-fixture.ts';

describe('two people work on one page', () => {
  const clock = { now: NOW };
  const editor = editorSuite({ now: () => clock.now });

  it('row 23: keeps what two people do in different widgets, without a word', async () => {
    const { document, tab } = await editor.open('Apart');
    const other = await editor.editAsBob(document);
    const held = await hold(tab.page);
    await tab.row(/Rivers/).click();
    await tab.form.getByLabel('Text').fill('Of Ann');
    await other.row(/Banks/).click();
    await other.form.getByLabel('Text').fill('Of Bob');
    await other.saved();
    await held.release();
    for (const { row } of [tab, other]) {
      await row(/Of Ann/).waitFor();
      await row(/Of Bob/).waitFor();
    }
    await editor.becomes(document, /Of Ann.*Of Bob/);
    for (const { page } of [tab, other]) {
      assert.equal(await page.locator('.saving-conflicts').count(), 0);
      assert.equal(await page.getByRole('dialog').count(), 0);
    }
    assert.deepEqual([...tab.faults, ...other.faults], []);
  });

  for (const { choice, wanted } of [
    { choice: 'Keep yours', wanted: /"text":"Of Ann"/ },
    { choice: 'Keep theirs', wanted: /"text":"Of Bob"/ },
    { choice: 'Combine both', wanted: /"text":"Of Ann and Bob"/ },
  ]) {
    it(`row 23: shows both values of a field that two people changed: ${choice}`, async () => {
      const { document, tab } = await editor.open(choice);
      const other = await editor.editAsBob(document);
      const held = await hold(tab.page);
      await tab.row(/Banks/).click();
      await tab.form.getByLabel('Text').fill('Of Ann');
      await held.arrived;
      await other.row(/Banks/).click();
      await other.form.getByLabel('Text').fill('Of Bob');
      await editor.becomes(document, /Of Bob/);
      await held.release();
      const clash = tab.form.getByRole('region', { name: 'Conflict about Text' });
      await clash.getByRole('figure').filter({ hasText: 'Of Ann' }).waitFor();
      await clash.getByRole('figure').filter({ hasText: 'Of Bob' }).waitFor();
      assert.match(await editor.draftText(document), /Of Bob/);
      await clash.getByRole('button', { name: choice }).click();
      if (choice === 'Combine both') {
        await clash.getByLabel('Combined').fill('Of Ann and Bob');
        await clash.getByRole('button', { name: 'Keep this' }).click();
      }
      await clash.waitFor({ state: 'detached' });
      await editor.becomes(document, wanted);
      await tab.saved();
      assert.equal(await tab.page.locator('.saving-conflicts').count(), 0);
      assert.deepEqual([...tab.faults, ...other.faults], []);
    });
  }

  it('row 23: brings back what somebody else deleted, with what was changed in it', async () => {
    const { document, tab } = await editor.open('Deleted there');
    const other = await editor.editAsBob(document);
    const held = await hold(tab.page);
    await tab.row(/Banks/).click();
    await tab.form.getByLabel('Text').fill('Not to be lost');
    await held.arrived;
    await other.row(/Section: soft/).click();
    await other.page.keyboard.press('Delete');
    await until(
      () => editor.draftText(document),
      (text) => !text.includes('"inner"'),
    );
    await held.release();
    await tab.page.getByRole('button', { name: '1 conflict' }).click();
    const dialog = tab.page.getByRole('dialog');
    await dialog.getByText(/was deleted by somebody else, and you have changed it\./).waitFor();
    await dialog.getByText(/Not to be lost/).waitFor();
    await dialog.getByRole('button', { name: 'Bring it back with your change' }).click();
    await editor.becomes(document, /Not to be lost/);
    for (const { row } of [tab, other]) await row(/Not to be lost/).waitFor();
    await tab.page.locator('.saving-conflicts').waitFor({ state: 'detached' });
    assert.deepEqual([...tab.faults, ...other.faults], []);
  });

  it('row 23: deletes what somebody else has changed only when told again', async () => {
    const { document, tab } = await editor.open('Deleted here');
    const other = await editor.editAsBob(document);
    const held = await hold(tab.page);
    await tab.row(/Section: soft/).click();
    await tab.page.keyboard.press('Delete');
    await held.arrived;
    await other.row(/Banks/).click();
    await other.form.getByLabel('Text').fill('Of Bob');
    await editor.becomes(document, /Of Bob/);
    await held.release();
    // It is there again, with what was changed.
    await tab.row(/Of Bob/).waitFor();
    await tab.page.getByRole('button', { name: '1 conflict' }).click();
    const dialog = tab.page.getByRole('dialog');
    await dialog.getByText(/You have deleted .*, and somebody else changed it\./).waitFor();
    await dialog.getByRole('button', { name: 'Delete it all the same' }).click();
    await until(
      () => editor.draftText(document),
      (text) => !text.includes('"inner"'),
    );
    await other.row(/Of Bob/).waitFor({ state: 'detached' });
    assert.deepEqual([...tab.faults, ...other.faults], []);
  });

  it('row 24: shows who is at which widget, until they are gone, and never waits for it', async () => {
    const { document, tab } = await editor.open('Present');
    const other = await editor.editAsBob(document);
    await other.row(/Rivers/).click();
    const people = tab.page.getByRole('list', { name: 'Who is here' });
    await people.getByRole('button', { name: 'Bob is on Heading' }).waitFor();
    await people.getByRole('button').click();
    assert.equal(await tab.row(/Rivers/).getAttribute('aria-selected'), 'true');
    await kill(other.page);
    await people.getByRole('button', { name: 'Bob is on Heading' }).waitFor();
    clock.now += PRESENCE_MS;
    await people.waitFor({ state: 'detached' });

    // Saying where somebody is gets no answer; what they do is saved.
    await tab.page.route(/\/presence\//, () => undefined);
    await tab.row(/Banks/).click();
    await tab.form.getByLabel('Text').fill('Saved all the same');
    await editor.becomes(document, /Saved all the same/);
    await tab.saved();
    assert.deepEqual(tab.faults, []);
  });
});
