import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Locator } from 'playwright-core';
import { faultsOf } from '../faults.ts';
import { withKeyboard } from '../person.ts';
import { CONTENT } from './editor-fixture.ts';
import { editorSuite } from './editor-suite.ts';
import { boxOf } from './page-state.ts';

describe('the editor, for everybody', () => {
  const editor = editorSuite();

  it('row 32: in forced colours it is seen what is selected, has the focus, is pressed, and where something lands', async () => {
    const context = await editor.person('Flo', { forcedColors: 'active' });
    const tab = await editor.edit(await editor.newPage('Forced', CONTENT), context);
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

    const row = await boxOf(tab.row(/Rivers/));
    const below = await boxOf(tab.row(/Press/));
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
    const page = await editor.ann.newPage();
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
  });

  it('row 32: has no fault while its scripts are on their way, and says that they are, in the language of the person', async () => {
    const document = await editor.newPage('Early', CONTENT);
    const context = await editor.person('Eli', { locale: 'de-DE' });
    const page = await context.newPage();
    await page.route(/\/assets\/.*\.js$/, (route) => route.abort());
    await page.goto(`${editor.site.url}/admin/documents/${document}/editor`);
    await page.getByRole('heading', { name: 'Early', level: 1 }).waitFor();
    await page.getByText('Der Editor wird geladen.').waitFor();
    assert.deepEqual(await faultsOf(page), []);
    await page.getByRole('link', { name: 'Formulare öffnen' }).click();
    await page.waitForURL('**/content');
  });

  it('row 34: without scripts it leads to forms, in which the same content is edited, moved and published', async () => {
    const dee = await editor.person('Dee', { javaScriptEnabled: false });
    const document = await editor.newPage('Plain', CONTENT);
    const page = await dee.newPage();
    await page.goto(`${editor.site.url}/admin/documents/${document}/editor`);
    const link = (name: string | RegExp) => page.getByRole('link', { name });
    const button = (name: string) => page.getByRole('button', { name, exact: true });
    await page.locator('.editor-without-scripts').waitFor();
    assert.equal(await page.getByText('The editor is being loaded.').isVisible(), false);
    await link('Open the forms').click();
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
    const tab = await editor.edit(document);
    await tab.row(/Streams/).waitFor();
    assert.deepEqual(tab.faults, []);
  });
});
