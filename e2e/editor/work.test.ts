import assert from 'node:assert/strict';
import { after, afterEach, before, describe, it } from 'node:test';
import type { BrowserContext, Page, Route } from 'playwright-core';
import { PRESENCE_MS } from 'widgy/documents';
import { NOW } from '../../site/src/site-fixture.ts';
import { CONTENT, type EditorSite, isKept, openEditor, openEditorSite, textOf } from './editor-fixture.ts';
import { until } from './until.ts';

/** Where changes are sent. */
const CHANGES = /\/api\/widgy\/documents\/[^/]+\/(?:changes|undo)$/;

describe('work is never lost', () => {
  const clock = { now: NOW };
  let editor: EditorSite;
  let ann: BrowserContext;
  let bob: BrowserContext;
  before(async () => {
    editor = await openEditorSite({ now: () => clock.now });
    ann = await editor.person('Ann');
    bob = await editor.person('Bob');
  });
  after(() => editor?.[Symbol.asyncDispose]());
  // A browser opens few connections to one server, and each tab listens.
  afterEach(async () => {
    for (const context of [ann, bob]) {
      await context.setOffline(false);
      for (const page of context.pages()) await page.close();
    }
  });

  const open = async (title: string) => {
    const document = await editor.newPage(title, CONTENT);
    return { document, tab: await openEditor(editor, ann, document) };
  };
  const draftText = async (document: string) => textOf(await editor.draft(document));
  const becomes = (document: string, wanted: string | RegExp) =>
    until(
      () => draftText(document),
      (text) => (typeof wanted === 'string' ? text === wanted : wanted.test(text)),
    );
  const changesOf = (document: string) =>
    editor.site.widgy.database.kysely
      .selectFrom('operations')
      .select(['sequence', 'operations', 'author'])
      .where('document', '=', document)
      .orderBy('sequence')
      .execute();

  it('row 14: keys of somebody who types are theirs, undo among them', async () => {
    const { document, tab } = await open('Typing');
    const before = await draftText(document);
    await tab.row(/Rivers/).click();
    const field = tab.form.getByLabel('Text');
    await field.focus();
    await tab.page.keyboard.press('End');
    for (const key of ['a', '?', '/', 'd', 'Backspace']) await tab.page.keyboard.press(key);
    assert.equal(await field.inputValue(), 'Riversa?/');
    await becomes(document, /Riversa\?\//);
    // As often as there are keys to take back, at most.
    for (let press = 0; press < 8 && (await field.inputValue()) !== 'Rivers'; press++)
      await tab.page.keyboard.press('Control+z');
    assert.equal(await field.inputValue(), 'Rivers');
    await becomes(document, before);
    assert.equal(await tab.page.getByRole('dialog').count(), 0);
    assert.deepEqual(tab.faults, []);
  });

  it('row 15: takes back and does again whatever was done, a typing burst as one step, also after a reload', async () => {
    const { document, tab } = await open('Undo');
    const { page } = tab;
    const states = [await draftText(document)];
    const did = async (act: () => Promise<unknown>) => {
      const before = states.at(-1);
      await act();
      const text = await until(
        () => draftText(document),
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
    await becomes(document, /Shores of the river/);
    states[states.length - 1] = await draftText(document);
    await tab.saved();

    await page.reload();
    await tab.row(/Shores/).click();
    for (const state of states.slice(0, -1).toReversed()) {
      await page.keyboard.press('Control+z');
      await becomes(document, state);
    }
    await tab.page.getByRole('button', { name: 'There is nothing to undo' }).waitFor();
    // Quicker than the server answers, and by the buttons.
    for (const _ of states.slice(1)) await page.getByRole('button', { name: /^Redo / }).click();
    await becomes(document, states.at(-1) ?? '');
    for (const _ of states.slice(1)) await page.keyboard.press('Control+z');
    await becomes(document, states[0] ?? '');
    assert.deepEqual(tab.faults, []);
  });

  it('row 15: takes back more than 200 steps', async () => {
    const { document, tab } = await open('Many steps');
    const { page } = tab;
    const start = await draftText(document);
    await tab.row(/Rivers/).click();
    const steps = 210;
    for (let step = 0; step < steps; step++)
      await page.keyboard.press(step % 2 === 0 ? 'Alt+ArrowDown' : 'Alt+ArrowUp');
    await until(
      async () => (await changesOf(document)).length,
      (count) => count === steps,
    );
    for (let step = 0; step < steps; step++) await page.keyboard.press('Control+z');
    await page.getByRole('button', { name: 'There is nothing to undo' }).waitFor();
    await until(
      async () => (await changesOf(document)).length,
      (count) => count === 2 * steps,
    );
    assert.equal(await draftText(document), start);
    assert.deepEqual(tab.faults, []);
  });

  it("row 15: never takes back somebody else's later work", async () => {
    const { document, tab } = await open('Later work');
    const other = await openEditor(editor, bob, document);
    await tab.row(/Banks/).click();
    await tab.form.getByLabel('Text').fill('Of Ann');
    await tab.saved();
    await other.row(/Of Ann/).click();
    await other.form.getByLabel('Text').fill('Of Bob');
    await tab.row(/Of Bob/).waitFor();
    await tab.row(/Slow water/).click();
    await tab.page.keyboard.press('Control+z');
    await tab.page.getByText('Somebody else has worked on this since.').waitFor();
    assert.match(await draftText(document), /Of Bob/);
    assert.deepEqual([...tab.faults, ...other.faults], []);
  });

  it('row 16: gives what was deleted back with its ids, and can delete it again', async () => {
    const { document, tab } = await open('Delete');
    const before = await draftText(document);
    await tab.row(/Section: soft/).click();
    await tab.page.keyboard.press('Delete');
    await until(
      () => draftText(document),
      (text) => !text.includes('"inner"'),
    );
    const gone = await draftText(document);
    await tab.page.keyboard.press('Control+z');
    await becomes(document, before);
    await tab.row(/Banks/).waitFor();
    await tab.page.keyboard.press('Control+Shift+z');
    await becomes(document, gone);
    await tab.page.keyboard.press('Control+z');
    await becomes(document, before);
    assert.deepEqual(tab.faults, []);
  });

  it('row 21: says at each moment whether the work is saved', async () => {
    const { document, tab } = await open('Saving');
    const state = tab.page.locator('.saving');
    const says = (text: RegExp) => state.filter({ hasText: text }).waitFor();
    await says(/^Everything is saved$/);
    await tab.row(/Rivers/).click();
    const field = tab.form.getByLabel('Text');
    const held = await hold(tab.page);
    await field.fill('Held');
    await says(/^Saving$/);
    await held.arrived;
    await says(/^Saving$/);
    assert.doesNotMatch(await draftText(document), /Held/);
    await held.release();
    await says(/^Saved \d\d?:\d\d/);
    assert.match(await draftText(document), /Held/);

    await ann.setOffline(true);
    await field.fill('Offline');
    await says(/^Offline, kept on this device$/);
    assert.doesNotMatch(await draftText(document), /Offline/);
    await ann.setOffline(false);
    await says(/^Saved \d\d?:\d\d/);
    assert.match(await draftText(document), /Offline/);
    // It is said although nothing was done here.
    await ann.setOffline(true);
    await says(/^Offline, kept on this device$/);
    await ann.setOffline(false);
    await says(/^Saved \d\d?:\d\d/);

    const other = await openEditor(editor, bob, document);
    const second = await hold(tab.page);
    await field.fill('Mine');
    await second.arrived;
    await other.row(/Offline/).click();
    await other.form.getByLabel('Text').fill('Theirs');
    await becomes(document, /Theirs/);
    await second.release();
    await says(/^Saved \d\d?:\d\d.* 1 conflict$/);
    // What it is about is shown without a connection too.
    await ann.setOffline(true);
    await tab.page.getByRole('button', { name: '1 conflict' }).click();
    await tab.page
      .getByRole('dialog', { name: 'Conflicts' })
      .getByText(/Both of you changed/)
      .waitFor();
    assert.deepEqual([...tab.faults, ...other.faults], []);
  });

  it('row 21: opens its windows without a network, too', async () => {
    const { tab } = await open('Windows');
    const { page } = tab;
    // They are loaded once it is quiet: this one is the last that is looked at here.
    await until(
      () => page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name)),
      (names) =>
        ['find', 'history', 'shortcuts'].every((name) => names.some((url) => url.includes(`/${name}`))),
    );
    await ann.setOffline(true);
    await tab.row(/Rivers/).click();
    await page.keyboard.press('Control+k');
    await page.getByRole('dialog', { name: 'Find' }).getByRole('combobox').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Shortcuts' }).click();
    await page.getByRole('dialog', { name: 'Shortcuts' }).getByText('Undo').first().waitFor();
    assert.deepEqual(tab.faults, []);
  });

  it('row 22: brings back what a killed tab had not saved, once', async () => {
    const { document, tab } = await open('Killed');
    await hold(tab.page);
    await tab.row(/Rivers/).click();
    await tab.form.getByLabel('Text').fill('Typed before the end');
    await isKept(tab.page, 'Typed before the end');
    await kill(tab.page);
    assert.doesNotMatch(await draftText(document), /Typed before/);

    const asking = await openAsking(document);
    await asking.getByText(/^1 change of .* could not be saved\.$/).waitFor();
    await asking.getByRole('button', { name: 'Recover' }).click();
    await becomes(document, /Typed before the end/);
    const outline = asking.getByRole('region', { name: 'Outline of the page' });
    await outline.getByRole('treeitem', { name: /Typed before the end/ }).click();
    await asking.locator('.saving[data-state="saved"]').waitFor();
    // What the killed tab did can be taken back in the one that took it up.
    await asking.keyboard.press('Control+z');
    await becomes(document, /Rivers/);
    await isKept(asking, String.raw`\"waiting\":[]`);
    await asking.close();
    const again = await openEditor(editor, ann, document);
    assert.deepEqual(again.faults, []);
    await again.page.close();
  });

  it('row 22: forgets what a killed tab had not saved, if that is wanted', async () => {
    const { document, tab } = await open('Discarded');
    const before = await draftText(document);
    await hold(tab.page);
    await tab.row(/Rivers/).click();
    await tab.form.getByLabel('Text').fill('Not wanted');
    await isKept(tab.page, 'Not wanted');
    await kill(tab.page);
    const asking = await openAsking(document);
    await asking.getByRole('button', { name: 'Discard' }).click();
    await asking.getByRole('tree').waitFor();
    await asking.close();
    const again = await openEditor(editor, ann, document);
    assert.equal(await again.row(/Rivers/).count(), 1);
    assert.equal(await draftText(document), before);
    await again.page.close();
  });

  it('row 22: goes on after a reload where it was, and does once what was under way', async () => {
    const { document, tab } = await open('Reloaded');
    const { page } = tab;
    await tab.row(/Rivers/).click();
    // The server does it, and its answer gets lost.
    await page.route(CHANGES, async (route) => {
      await route.fetch();
      await route.abort();
    });
    await tab.form.getByLabel('Text').fill('Under way');
    await becomes(document, /Under way/);
    await page.locator('.saving[data-state="offline"]').waitFor();
    await tab.row(/Banks/).click();
    await tab.form.getByLabel('Text').fill('Behind it');
    await page.unroute(CHANGES);
    await page.reload();
    await tab.row(/Under way/).waitFor();
    await tab.row(/Behind it/).waitFor();
    await becomes(document, /Behind it/);
    await tab.saved();
    assert.equal((await changesOf(document)).length, 2);
    assert.deepEqual(tab.faults, []);
  });

  it('row 22: saves what was typed just before the page was left', async () => {
    const { document, tab } = await open('Left');
    await tab.row(/Rivers/).click();
    await tab.form.getByLabel('Text').fill('At the last moment');
    await tab.page.getByRole('link', { name: 'Back to Left' }).click();
    await tab.page.waitForURL(/\/content$/);
    await becomes(document, /At the last moment/);
  });

  it('row 23: keeps what two people do in different widgets, without a word', async () => {
    const { document, tab } = await open('Apart');
    const other = await openEditor(editor, bob, document);
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
    await becomes(document, /Of Ann.*Of Bob/);
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
      const { document, tab } = await open(choice);
      const other = await openEditor(editor, bob, document);
      const held = await hold(tab.page);
      await tab.row(/Banks/).click();
      await tab.form.getByLabel('Text').fill('Of Ann');
      await held.arrived;
      await other.row(/Banks/).click();
      await other.form.getByLabel('Text').fill('Of Bob');
      await becomes(document, /Of Bob/);
      await held.release();
      const clash = tab.form.getByRole('region', { name: 'Conflict about Text' });
      await clash.getByRole('figure').filter({ hasText: 'Of Ann' }).waitFor();
      await clash.getByRole('figure').filter({ hasText: 'Of Bob' }).waitFor();
      assert.match(await draftText(document), /Of Bob/);
      await clash.getByRole('button', { name: choice }).click();
      if (choice === 'Combine both') {
        await clash.getByLabel('Combined').fill('Of Ann and Bob');
        await clash.getByRole('button', { name: 'Keep this' }).click();
      }
      await clash.waitFor({ state: 'detached' });
      await becomes(document, wanted);
      await tab.saved();
      assert.equal(await tab.page.locator('.saving-conflicts').count(), 0);
      assert.deepEqual([...tab.faults, ...other.faults], []);
    });
  }

  it('row 23: brings back what somebody else deleted, with what was changed in it', async () => {
    const { document, tab } = await open('Deleted there');
    const other = await openEditor(editor, bob, document);
    const held = await hold(tab.page);
    await tab.row(/Banks/).click();
    await tab.form.getByLabel('Text').fill('Not to be lost');
    await held.arrived;
    await other.row(/Section: soft/).click();
    await other.page.keyboard.press('Delete');
    await until(
      () => draftText(document),
      (text) => !text.includes('"inner"'),
    );
    await held.release();
    await tab.page.getByRole('button', { name: '1 conflict' }).click();
    const dialog = tab.page.getByRole('dialog');
    await dialog.getByText(/was deleted by somebody else, and you have changed it\./).waitFor();
    await dialog.getByText(/Not to be lost/).waitFor();
    await dialog.getByRole('button', { name: 'Bring it back with your change' }).click();
    await becomes(document, /Not to be lost/);
    for (const { row } of [tab, other]) await row(/Not to be lost/).waitFor();
    await tab.page.locator('.saving-conflicts').waitFor({ state: 'detached' });
    assert.deepEqual([...tab.faults, ...other.faults], []);
  });

  it('row 23: deletes what somebody else has changed only when told again', async () => {
    const { document, tab } = await open('Deleted here');
    const other = await openEditor(editor, bob, document);
    const held = await hold(tab.page);
    await tab.row(/Section: soft/).click();
    await tab.page.keyboard.press('Delete');
    await held.arrived;
    await other.row(/Banks/).click();
    await other.form.getByLabel('Text').fill('Of Bob');
    await becomes(document, /Of Bob/);
    await held.release();
    // It is there again, with what was changed.
    await tab.row(/Of Bob/).waitFor();
    await tab.page.getByRole('button', { name: '1 conflict' }).click();
    const dialog = tab.page.getByRole('dialog');
    await dialog.getByText(/You have deleted .*, and somebody else changed it\./).waitFor();
    await dialog.getByRole('button', { name: 'Delete it all the same' }).click();
    await until(
      () => draftText(document),
      (text) => !text.includes('"inner"'),
    );
    await other.row(/Of Bob/).waitFor({ state: 'detached' });
    assert.deepEqual([...tab.faults, ...other.faults], []);
  });

  it('row 24: shows who is at which widget, until they are gone, and never waits for it', async () => {
    const { document, tab } = await open('Present');
    const other = await openEditor(editor, bob, document);
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
    await becomes(document, /Saved all the same/);
    await tab.saved();
    assert.deepEqual(tab.faults, []);
  });

  /** A tab that asks what is to become of what another one left. */
  async function openAsking(document: string): Promise<Page> {
    const page = await ann.newPage();
    await page.goto(`${editor.site.url}/admin/documents/${document}/editor`);
    await page.getByRole('heading', { name: 'Changes that were not saved' }).waitFor();
    return page;
  }
});

/** Lets no change of a page get to the server until it is released. */
async function hold(page: Page) {
  const waiting: Route[] = [];
  let arrive: (() => void) | undefined;
  const arrived = new Promise<void>((resolve) => {
    arrive = resolve;
  });
  let isHeld = true;
  await page.route(CHANGES, (route) => {
    if (!isHeld) return route.continue();
    waiting.push(route);
    arrive?.();
  });
  return {
    /** A change is on its way. */
    arrived,
    async release() {
      isHeld = false;
      await Promise.all(waiting.map((route) => route.continue()));
    },
  };
}

/** Kills what shows a page, which can do nothing about it. */
async function kill(page: Page): Promise<void> {
  const crashed = page.waitForEvent('crash');
  // Nobody answers to this.
  void page.goto('chrome://crash').catch(() => undefined);
  await crashed;
  await page.close();
}
