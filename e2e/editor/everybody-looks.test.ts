import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { createRole, trustedActor } from 'widgy/accounts';
import { createCallout } from 'widgy/callouts';
import { trustedAuthor } from 'widgy/documents';
import { controlKind } from '../../packages/widgy/src/editor/form/control.ts';
import type { EditorData } from '../../packages/widgy/src/editor/server/editor-data.ts';
import { CONTENT } from './editor-fixture.ts';
import { editorSuite } from './editor-suite.ts';
import { type EditorTab, isKept } from './editor-tab.ts';
import { isLoaded } from './form-fixture.ts';
import { looksNow, looksOf } from './looks.ts';
import { isOnRow } from './page-state.ts';
import { commit } from './versions-fixture.ts';

/** Widgets that have between them a field of every kind that the site has. */
const KINDS = ['hero', 'heading', 'text', 'markdown', 'html', 'image', 'button', 'table', 'fleet-picks'];

describe('how the editor looks, to everybody', () => {
  const editor = editorSuite();

  /** Collects what is wrong in several states, so that all of it is told at once. */
  const looking = () => {
    const faults: string[] = [];
    return {
      async at(state: string, page: Page) {
        for (const fault of await looksOf(page)) faults.push(`${state}: ${fault}`);
      },
      async now(state: string, page: Page) {
        for (const fault of await looksNow(page)) faults.push(`${state}: ${fault}`);
      },
      done(...tabs: readonly EditorTab[]) {
        assert.deepEqual(faults, []);
        for (const tab of tabs) assert.deepEqual(tab.faults, []);
      },
    };
  };

  it('row 32: nothing is wrong with what is empty, selected, read or gone', async () => {
    const look = looking();
    const { tab: empty } = await editor.open('Empty', []);
    await look.at('an empty page', empty.page);
    const { tab, page } = await editor.open('Everybody');
    await look.at('nothing selected', page);
    await tab.row(/Rivers/).click();
    await look.at('one selected', page);
    await tab.row(/Banks/).click({ modifiers: ['ControlOrMeta'] });
    await tab.form.getByRole('heading', { name: '2 widgets selected' }).waitFor();
    await look.at('two selected', page);
    await page.getByRole('button', { name: 'Reading mode' }).click();
    await look.at('its headings', page);

    const noCode = await editor.ann.newPage();
    await noCode.route('**/editor', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: withoutType(await response.text(), 'button') });
    });
    await noCode.goto(page.url());
    await noCode.getByRole('treeitem', { name: /Unknown type/ }).click();
    await noCode.getByText('The site has no type “button” any more.').waitFor();
    await look.at('a type without code', noCode);
    await noCode.close();
    look.done(empty, tab);
  });

  it('row 32: nothing is wrong with the fields of each kind', async () => {
    const look = looking();
    const kinds = KINDS.map((type) => ({ id: type, type }));
    const { tab, page } = await editor.open('Kinds', kinds);
    const { form } = tab;
    const { types }: EditorData = JSON.parse((await page.locator('#editor-data').textContent()) ?? '');
    const kindsOf = (of: (type: string) => boolean) => {
      const all = types.filter(({ type }) => of(type)).flatMap(({ fields }) => fields.map(controlKind));
      return [...new Set(all)].sort();
    };
    assert.deepEqual(
      kindsOf((type) => KINDS.includes(type)),
      kindsOf(() => true),
    );
    for (const { type, label } of types.filter(({ type }) => KINDS.includes(type))) {
      await tab.outline.getByRole('treeitem', { name: new RegExp(`^${label}(:|,|$)`) }).click();
      await form.getByRole('heading', { name: label, exact: true }).waitFor();
      await isLoaded(page);
      await look.at(`the fields of ${type}`, page);
    }
    await tab.row(/^Button/).click();
    await form.getByRole('textbox', { name: /address/ }).fill('telnet:river');
    await page.keyboard.press('Tab');
    await form.getByRole('region', { name: '1 problem in this form' }).waitFor();
    await look.at('a field that is wrong', page);
    look.done(tab);
  });

  it('row 32: nothing is wrong with the windows', async () => {
    const look = looking();
    const { tab, page } = await editor.open('Everybody');
    const window = page.getByRole('dialog');
    await tab.row(/Rivers/).click();
    // The window itself: it is out of sight a moment before the editor knows that it was closed.
    const away = async (what = page.locator('dialog')) => {
      await page.keyboard.press('Escape');
      await what.waitFor({ state: 'detached' });
    };

    await tab.outline.getByRole('button', { name: /^Actions for Heading/ }).click();
    await page.getByRole('menu').waitFor();
    await look.at('the menu of a row', page);
    await away(page.getByRole('menu'));
    await page.keyboard.press('a');
    await window.getByRole('option').first().waitFor();
    await look.at('the list of types', page);
    await window.getByRole('checkbox').check();
    await look.at('the list of types, with those that cannot stand there', page);
    await away();
    await tab.outline.getByRole('button', { name: /^Actions for Heading/ }).click();
    await page.getByRole('menuitem', { name: 'Move to…' }).click();
    await window
      .getByRole('button', { name: /^Before/ })
      .first()
      .waitFor();
    await look.at('the places to move to', page);
    await away();
    await page.keyboard.press('Control+k');
    await window.getByRole('combobox').waitFor();
    await page.keyboard.type('boat');
    await window.getByRole('group', { name: 'Pages' }).waitFor();
    await look.at('what is found', page);
    await away();
    await page.keyboard.press('?');
    await window.getByRole('table').first().waitFor();
    await look.at('the shortcuts', page);
    await away();
    await page.getByRole('button', { name: 'Publish' }).click();
    await window.getByRole('button', { name: 'Publish' }).waitFor();
    await look.at('publishing', page);
    await window.getByRole('radio', { name: 'At a time' }).check();
    await look.at('publishing later', page);
    await away();
    look.done(tab);
  });

  it('row 32: nothing is wrong with what stands beside the page', async () => {
    const look = looking();
    const document = await editor.newPage('Versions', [
      ...CONTENT,
      { id: 'bad', type: 'html', fields: { markup: '<img src="/gone.png">' } },
    ]);
    await commit(editor, document, { message: 'As it was', publishAt: 'now' });
    const tab = await editor.edit(document);
    const { page } = tab;
    const panel = (name: string) => page.getByRole('region', { name });
    await tab.row(/Rivers/).click();
    await tab.form.getByLabel('Text').fill('Streams');
    await tab.row(/Slow water/).click();
    await page.keyboard.press('Delete');
    await tab.row(/Slow water/).waitFor({ state: 'detached' });
    await tab.saved();

    await tab.tool('Accessibility').click();
    await panel('Accessibility').getByRole('button', { name: /HTML/ }).first().waitFor();
    await look.at('the check', page);
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    await tab.tool('What this costs').click();
    await panel('What this costs').locator('.cost-figures').first().waitFor();
    await look.at('the costs', page);
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    await tab.tool('History').click();
    await panel('History').getByText('Version 1').waitFor();
    await look.at('the history', page);
    await panel('History').getByRole('button', { name: 'Show version 1' }).click();
    await tab.preview.getByText('Slow water.').waitFor();
    await look.at('a version', page);
    await panel('History').getByRole('button', { name: 'Put this version into the draft' }).click();
    await look.at('a question', page);
    await panel('History').getByRole('button', { name: 'Compare version 1 with the draft' }).click();
    await panel('History').getByText('1 removed').waitFor();
    await look.at('what is different', page);
    look.done(tab);
  });

  it('row 32: nothing is wrong while something is wrong', async () => {
    const look = looking();
    const document = await editor.newPage('Trouble', CONTENT);
    const [bea, cat] = [await editor.person('Bea'), await editor.person('Cat')];
    const tab = await editor.edit(document);
    const other = await editor.edit(document, bea);
    const write = async ({ row, form }: EditorTab, text: string) => {
      await row(/Rivers|Streams/).click();
      await form.getByLabel('Text').fill(text);
    };
    await editor.ann.setOffline(true);
    await write(tab, 'Streams of mine');
    await tab.page.locator('.saving[data-state="offline"]').waitFor();
    await look.at('offline', tab.page);
    await write(other, 'Streams of hers');
    await other.saved();
    await editor.ann.setOffline(false);
    await tab.form.getByRole('button', { name: 'Keep yours' }).waitFor();
    await tab.page.getByRole('list', { name: 'Who is here' }).waitFor();
    await look.at('a conflict, and somebody else', tab.page);
    await tab.form.getByRole('button', { name: 'Combine both' }).click();
    await look.at('combining', tab.page);

    const left = await editor.edit(document, cat);
    await cat.setOffline(true);
    await left.row(/Banks/).click();
    await left.form.getByLabel('Text').fill('Shores');
    await isKept(left.page, 'Shores');
    await left.page.close();
    await cat.setOffline(false);
    const again = await cat.newPage();
    await again.goto(left.page.url());
    await again.getByRole('button', { name: 'Recover' }).waitFor();
    await look.at('changes that are left', again);

    await bea.clearCookies();
    await write(other, 'Streams of nobody');
    await other.page.locator('.saving[data-state="signed-out"]').waitFor();
    await look.at('signed out', other.page);
    look.done(tab, left);
  });

  it('row 32: nothing is wrong for those who may only read, in call-outs, and in German', async () => {
    const look = looking();
    const { accounts, callouts } = editor.site.widgy;
    const permissions = ['admin.enter', 'pages.read'];
    assert.ok(
      (await createRole(accounts, { name: 'reader', label: 'Reader', permissions }, trustedActor)).ok,
    );
    const reader = await editor.person('Rea', { role: 'reader' });
    const read = await editor.edit(await editor.newPage('Read', CONTENT), reader);
    await read.row(/Rivers/).click();
    await read.form.getByText('You may not edit Heading.').waitFor();
    await look.at('somebody who may only read', read.page);

    assert.ok(callouts);
    const made = await createCallout(callouts, { name: 'Everywhere' }, trustedAuthor('test'));
    assert.ok(made.ok && made.callout.document !== null);
    const shared = await editor.edit(made.callout.document);
    await shared.outline.getByRole('treeitem').first().click();
    await look.at('a call-out', shared.page);

    const german = await editor.person('Gerda', { locale: 'de-DE' });
    const page = await german.newPage();
    await page.goto(`${editor.site.url}/admin/documents/${await editor.newPage('Flüsse', CONTENT)}/editor`);
    await page.getByRole('treeitem', { name: /Rivers/ }).click();
    await page
      .getByRole('region', { name: 'Formular des ausgewählten Widgets' })
      .getByLabel('Text')
      .waitFor();
    await look.at('in German', page);
    const window = page.getByRole('dialog');
    await page.getByRole('button', { name: 'Tastenkürzel' }).click();
    await window.getByRole('table').first().waitFor();
    await look.at('the shortcuts in German', page);
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Veröffentlichen' }).click();
    await window.getByRole('button', { name: 'Veröffentlichen' }).waitFor();
    await look.at('publishing in German', page);
    look.done(read, shared);
  });

  it('row 32: nothing is wrong on a phone, and what has the focus stays in front', async () => {
    const look = looking();
    const { tab, page } = await editor.open('Everybody');
    await tab.row(/Banks/).click();
    // Whoever zooms in goes on where they were.
    await page.setViewportSize({ width: 320, height: 640 });
    await isOnRow(page, /^Heading: Banks$/);
    await look.now('the outline on a phone', page);
    for (const name of ['Preview', 'Fields']) {
      await page.getByRole('navigation', { name: 'Editor' }).getByRole('button', { name }).click();
      await look.now(`${name} on a phone`, page);
    }
    assert.ok(await tab.form.getByRole('textbox', { name: 'Text' }).isVisible());
    // At 400 % the bar goes out of sight, and what is in front has nearly all of the window.
    await page.setViewportSize({ width: 320, height: 256 });
    await tab.form.getByRole('textbox', { name: 'Text' }).focus();
    const height = await tab.form.evaluate((form) => form.clientHeight);
    assert.ok(height >= 0.8 * 256, `${height} pixels`);
    look.done(tab);
  });
});

/** The page of an editor as it is where the code of a type is gone. */
function withoutType(page: string, gone: string): string {
  return page.replace(/(?<=id="editor-data"[^>]*>).*?(?=<\/script>)/s, (text) => {
    const data: EditorData = JSON.parse(text);
    const types = data.types.filter(({ type }) => type !== gone);
    return JSON.stringify({ ...data, types }).replaceAll('<', '\\u003c');
  });
}
