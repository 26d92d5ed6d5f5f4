import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { BrowserContext, Locator, Page } from 'playwright-core';
import { createRole, trustedActor } from 'widgy/accounts';
import { createCallout } from 'widgy/callouts';
import { commitDraft, readDraft, trustedAuthor } from 'widgy/documents';
import { controlKind } from '../../packages/widgy/src/editor/form/control.ts';
import type { EditorData } from '../../packages/widgy/src/editor/server/editor-data.ts';
import { faultsOf } from '../faults.ts';
import { withKeyboard } from '../person.ts';
import {
  CONTENT,
  type EditorSite,
  type EditorTab,
  isKept,
  openEditor,
  openEditorSite,
  type WrittenWidget,
} from './editor-fixture.ts';
import { looksNow, looksOf } from './looks.ts';

/** Widgets that have between them a field of every kind that the site has. */
const KINDS = ['hero', 'heading', 'text', 'markdown', 'html', 'image', 'button', 'table', 'fleet-picks'];

describe('the editor, for everybody', () => {
  let editor: EditorSite;
  let ann: BrowserContext;
  before(async () => {
    editor = await openEditorSite();
    ann = await editor.person('Ann');
  });
  after(() => editor?.[Symbol.asyncDispose]());

  const openPage = async (content: readonly WrittenWidget[], context = ann): Promise<EditorTab> =>
    await openEditor(editor, context, await editor.newPage('Everybody', content));

  /** Closes tabs. Each hears of changes, and a browser keeps no more than six connections to a server open. */
  const leave = async (...tabs: readonly EditorTab[]) => {
    for (const { page } of tabs) await page.close();
  };

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
      done: async (...tabs: readonly EditorTab[]) => {
        assert.deepEqual(faults, []);
        for (const tab of tabs) assert.deepEqual(tab.faults, []);
        await leave(...tabs);
      },
    };
  };

  it('row 32: nothing is wrong with what is empty, selected, read or gone', async () => {
    const look = looking();
    const empty = await openPage([]);
    await look.at('an empty page', empty.page);
    const tab = await openPage(CONTENT);
    const { page } = tab;
    await look.at('nothing selected', page);
    await tab.row(/Rivers/).click();
    await look.at('one selected', page);
    await tab.row(/Banks/).click({ modifiers: ['ControlOrMeta'] });
    await tab.form.getByRole('heading', { name: '2 widgets selected' }).waitFor();
    await look.at('two selected', page);
    await page.getByRole('button', { name: 'Reading mode' }).click();
    await look.at('its headings', page);

    const noCode = await ann.newPage();
    await noCode.route('**/editor', async (route) => {
      const response = await route.fetch();
      await route.fulfill({ response, body: withoutType(await response.text(), 'button') });
    });
    await noCode.goto(page.url());
    await noCode.getByRole('treeitem', { name: /Unknown type/ }).click();
    await noCode.getByText('The site has no type “button” any more.').waitFor();
    await look.at('a type without code', noCode);
    await noCode.close();
    await look.done(empty, tab);
  });

  it('row 32: nothing is wrong with the fields of each kind', async () => {
    const look = looking();
    const tab = await openPage(KINDS.map((type) => ({ id: type, type })));
    const { page, form } = tab;
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
      await page.waitForFunction(
        () => !document.querySelector('.editor-form')?.textContent.includes('being loaded'),
      );
      await look.at(`the fields of ${type}`, page);
    }
    await tab.row(/^Button/).click();
    await form.getByRole('textbox', { name: /address/ }).fill('telnet:river');
    await page.keyboard.press('Tab');
    await form.getByRole('region', { name: '1 problem in this form' }).waitFor();
    await look.at('a field that is wrong', page);
    await look.done(tab);
  });

  it('row 32: nothing is wrong with the windows', async () => {
    const look = looking();
    const tab = await openPage(CONTENT);
    const { page } = tab;
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
    await look.done(tab);
  });

  it('row 32: nothing is wrong with what stands beside the page', async () => {
    const look = looking();
    const document = await editor.newPage('Versions', [
      ...CONTENT,
      { id: 'bad', type: 'html', fields: { markup: '<img src="/gone.png">' } },
    ]);
    const { documents } = editor.site.widgy;
    const read = await readDraft(documents, document);
    assert.ok(read);
    const request = { after: read.draft.sequence, message: 'As it was', publishAt: 'now' } as const;
    assert.ok((await commitDraft(documents, document, request, trustedAuthor('test'))).ok);
    const tab = await openEditor(editor, ann, document);
    const { page } = tab;
    const open = (name: string) =>
      page.getByRole('toolbar', { name: 'Tools of the editor' }).getByRole('button', { name }).click();
    const panel = (name: string) => page.getByRole('region', { name });
    await tab.row(/Rivers/).click();
    await tab.form.getByLabel('Text').fill('Streams');
    await tab.row(/Slow water/).click();
    await page.keyboard.press('Delete');
    await tab.row(/Slow water/).waitFor({ state: 'detached' });
    await tab.saved();

    await open('Accessibility');
    await panel('Accessibility').getByRole('button', { name: /HTML/ }).first().waitFor();
    await look.at('the check', page);
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    await open('What this costs');
    await panel('What this costs').locator('.cost-figures').first().waitFor();
    await look.at('the costs', page);
    await page.getByRole('button', { name: 'Close', exact: true }).click();
    await open('History');
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
    await look.done(tab);
  });

  it('row 32: nothing is wrong while something is wrong', async () => {
    const look = looking();
    const document = await editor.newPage('Trouble', CONTENT);
    const [bea, cat] = [await editor.person('Bea'), await editor.person('Cat')];
    const tab = await openEditor(editor, ann, document);
    const other = await openEditor(editor, bea, document);
    const write = async ({ row, form }: EditorTab, text: string) => {
      await row(/Rivers|Streams/).click();
      await form.getByLabel('Text').fill(text);
    };
    await ann.setOffline(true);
    await write(tab, 'Streams of mine');
    await tab.page.locator('.saving[data-state="offline"]').waitFor();
    await look.at('offline', tab.page);
    await write(other, 'Streams of hers');
    await other.saved();
    await ann.setOffline(false);
    await tab.form.getByRole('button', { name: 'Keep yours' }).waitFor();
    await tab.page.getByRole('list', { name: 'Who is here' }).waitFor();
    await look.at('a conflict, and somebody else', tab.page);
    await tab.form.getByRole('button', { name: 'Combine both' }).click();
    await look.at('combining', tab.page);

    const left = await openEditor(editor, cat, document);
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
    await look.done(tab, left);
  });

  it('row 32: nothing is wrong for those who may only read, in call-outs, and in German', async () => {
    const look = looking();
    const { accounts, callouts } = editor.site.widgy;
    const permissions = ['admin.enter', 'pages.read'];
    assert.ok(
      (await createRole(accounts, { name: 'reader', label: 'Reader', permissions }, trustedActor)).ok,
    );
    const reader = await editor.person('Rea', { role: 'reader' });
    const read = await openPage(CONTENT, reader);
    await read.row(/Rivers/).click();
    await read.form.getByText('You may not edit Heading.').waitFor();
    await look.at('somebody who may only read', read.page);

    assert.ok(callouts);
    const made = await createCallout(callouts, { name: 'Everywhere' }, trustedAuthor('test'));
    assert.ok(made.ok && made.callout.document !== null);
    const shared = await openEditor(editor, ann, made.callout.document);
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
    await look.done(read, shared);
  });

  it('row 32: nothing is wrong on a phone, and what has the focus stays in front', async () => {
    const look = looking();
    const tab = await openPage(CONTENT);
    const { page } = tab;
    await tab.row(/Banks/).click();
    // Whoever zooms in goes on where they were.
    await page.setViewportSize({ width: 320, height: 640 });
    await assertActive(tab, 'Heading: Banks');
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
    await look.done(tab);
  });

  it('row 32: in forced colours it is seen what is selected, has the focus, is pressed, and where something lands', async () => {
    const context = await editor.person('Flo', { forcedColors: 'active' });
    const tab = await openPage(CONTENT, context);
    const { page } = tab;
    await tab.row(/Banks/).click();
    await page.keyboard.press('ArrowDown');
    const styleOf = (what: Locator, part?: string) =>
      what.evaluate((element, name) => {
        const { backgroundColor, borderTopColor, outlineColor, outlineStyle } = getComputedStyle(
          element,
          name,
        );
        return { backgroundColor, borderTopColor, outlineColor, outlineStyle };
      }, part);
    const canvas = (await styleOf(page.locator('.outline-view'))).backgroundColor;
    const highlight = await page.evaluate(() => {
      const probe = document.body.appendChild(document.createElement('p'));
      probe.style.cssText = 'color: Highlight; forced-color-adjust: none';
      const { color } = getComputedStyle(probe);
      probe.remove();
      return color;
    });
    assert.notEqual(highlight, canvas);

    const selected = tab.outline.getByRole('treeitem', { selected: true });
    assert.equal((await styleOf(selected, '::before')).backgroundColor, highlight, 'selected');
    assert.notEqual((await styleOf(tab.row(/Rivers/), '::before')).backgroundColor, highlight);
    const focus = await styleOf(selected);
    assert.deepEqual([focus.outlineStyle, focus.outlineColor], ['solid', highlight], 'focus');
    const box = await styleOf(page.locator('.box.selected'));
    assert.deepEqual([box.outlineStyle, box.outlineColor], ['solid', highlight], 'selected in the page');
    const [pressed, other] = ['Desktop', 'Phone'].map((name) =>
      page.getByRole('button', { name, exact: true }),
    );
    assert.ok(pressed && other);
    assert.notEqual(
      (await styleOf(pressed)).backgroundColor,
      (await styleOf(other)).backgroundColor,
      'pressed',
    );

    const row = await tab.row(/Rivers/).boundingBox();
    const below = await tab.row(/Press/).boundingBox();
    assert.ok(row && below);
    await page.mouse.move(row.x + 80, row.y + row.height / 2);
    await page.mouse.down();
    await page.mouse.move(row.x + 80, row.y + row.height, { steps: 3 });
    await page.mouse.move(below.x + 80, below.y + 3, { steps: 3 });
    const line = tab.outline.locator('.outline-line');
    await line.waitFor();
    assert.equal((await styleOf(line)).borderTopColor, highlight, 'the line');
    await page.keyboard.press('Escape');
    await page.mouse.up();
    assert.deepEqual(tab.faults, []);
  });

  it('row 32: the quick start by keyboard alone', async () => {
    const page = await ann.newPage();
    const person = withKeyboard(page);
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    const window = page.getByRole('dialog');
    await page.goto(`${editor.site.url}/admin/`);
    await person.use(page.getByRole('link', { name: 'New page' }).first());
    await page.waitForURL('**/pages/new');
    await person.write(page.getByLabel('Title').first(), 'Moorings');
    await person.use(button('Make the page'));
    await page.waitForURL('**/content');
    await person.use(page.getByRole('link', { name: 'Open the editor' }));
    const tree = page.getByRole('tree');
    const form = page.getByRole('region', { name: 'Form of the selected widget' });
    await tree.waitFor();

    const add = async (type: string) => {
      await person.reach(tree);
      await page.keyboard.press('End');
      await page.keyboard.press('Enter');
      await window.getByRole('combobox').waitFor();
      await page.keyboard.type(type);
      await window
        .getByRole('option', { name: new RegExp(`^${type}`) })
        .first()
        .waitFor();
      await page.keyboard.press('Enter');
      await window.waitFor({ state: 'detached' });
      await form.getByRole('heading', { name: type }).waitFor();
    };
    await add('Heading');
    await person.write(form.getByRole('textbox', { name: 'Text' }), 'Twelve moorings by the week');
    await add('Text');
    await person.write(form.getByRole('textbox', { name: 'Text' }), 'Ask at the yard.');
    await add('Button');
    await person.write(form.getByRole('textbox', { name: 'Text' }), 'Book one');
    await person.write(form.getByRole('textbox', { name: /address/ }), '/book');
    // The text belongs above the heading: it goes there, and back again.
    await person.reach(tree);
    await page.keyboard.press('ArrowUp');
    await page.keyboard.press('Alt+ArrowUp');
    await page.getByText('Moved Text to 1 of 3', { exact: false }).waitFor({ state: 'attached' });
    await page.keyboard.press('Control+z');
    await page.locator('.saving[data-state="saved"]').waitFor();

    await person.use(button('Publish'));
    await window.getByRole('button', { name: 'Publish', exact: true }).waitFor();
    await person.use(window.getByRole('button', { name: 'Publish', exact: true }));
    await window.getByText('It is published. Visitors see it now.').waitFor();

    const visitor = await editor.browser.newContext();
    const seen = await visitor.newPage();
    assert.equal((await seen.goto(`${editor.site.url}/moorings`))?.status(), 200);
    const main = await seen.getByRole('main').textContent();
    assert.match(main ?? '', /Twelve moorings by the week\s+Ask at the yard\.\s+Book one/);
    await visitor.close();
    await page.close();
  });

  it('row 32: has no fault while its scripts are on their way', async () => {
    const document = await editor.newPage('Early', CONTENT);
    const context = await editor.person('Eli');
    const page = await context.newPage();
    await page.route(/\/assets\/.*\.js$/, (route) => route.abort());
    await page.goto(`${editor.site.url}/admin/documents/${document}/editor`);
    await page.getByRole('heading', { name: 'Early', level: 1 }).waitFor();
    assert.deepEqual(await faultsOf(page), []);
    await context.close();
  });

  it('row 34: without scripts it leads to forms, in which the same content is edited, moved and published', async () => {
    const dee = await editor.person('Dee', { javaScriptEnabled: false });
    const document = await editor.newPage('Plain', CONTENT);
    const page = await dee.newPage();
    await page.goto(`${editor.site.url}/admin/documents/${document}/editor`);
    const link = (name: string | RegExp) => page.getByRole('link', { name });
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    await link('Edit Plain with forms').click();
    await page.waitForURL('**/content');
    await link(/^Edit Heading: Rivers/)
      .or(link(/^Edit.*Rivers/))
      .first()
      .click();
    await page.getByLabel('Text').fill('Streams');
    await button('Save').click();
    await page.waitForURL(/\/content(#.*)?$/);
    await page.getByRole('button', { name: /^Move .*Streams.* down$/ }).click();
    assert.match(JSON.stringify(await editor.draft(document)), /Slow water.*Streams/);
    await button('Publish').click();
    await page.getByText('Visitors see all of the draft').waitFor();
    const seen = await page.context().newPage();
    await seen.goto(`${editor.site.url}/plain`);
    assert.match((await seen.getByRole('main').textContent()) ?? '', /Slow water\.\s+Streams/);

    // And back, for somebody who has scripts.
    await link('Open the editor').click();
    await page.waitForURL('**/editor');
    const tab = await openEditor(editor, ann, document);
    await tab.row(/Streams/).waitFor();
    await dee.close();
    assert.deepEqual(tab.faults, []);
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

/** Waits until the outline has the focus, is seen, and its active row has a name. */
async function assertActive({ page }: EditorTab, name: string): Promise<void> {
  await page.waitForFunction((wanted) => {
    const tree = document.activeElement;
    const active = document.getElementById(tree?.getAttribute('aria-activedescendant') ?? '');
    return tree?.checkVisibility() === true && active?.getAttribute('aria-label') === wanted;
  }, name);
}
