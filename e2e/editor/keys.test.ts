import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { readDraft } from 'widgy/documents';
import { findWidget, type Widget, walk } from 'widgy/tree';
import { CONTENT, outlineOf, pageCalled, textOf } from './editor-fixture.ts';
import { editorSuite } from './editor-suite.ts';
import { isInTree, said } from './page-state.ts';
import { until } from './until.ts';

describe('keys and the clipboard', () => {
  const editor = editorSuite();

  it('row 13: the focus stays where it was when something is deleted by a menu or in the page', async () => {
    const { tab } = await editor.open('Focus');
    const { page, row } = tab;
    await row(/Slow water/).click();
    await page.getByRole('button', { name: 'Actions for Text: Slow water.' }).click();
    await page.getByRole('menuitem', { name: /^Delete/ }).click();
    await row(/Slow water/).waitFor({ state: 'detached' });
    await until(() => isInTree(page), Boolean);
    assert.equal(await row(/Section: soft/).getAttribute('aria-selected'), 'true');

    await tab.preview.getByText('Slow water').waitFor({ state: 'detached' });
    // Not in its middle, where the selected section around it has a button at its edge.
    await tab.preview.getByText('Banks').click({ position: { x: 12, y: 12 } });
    await until(
      () => row(/Banks/).getAttribute('aria-selected'),
      (value) => value === 'true',
    );
    await page.keyboard.press('Delete');
    await row(/Banks/).waitFor({ state: 'detached' });
    assert.equal(await row(/Press/).getAttribute('aria-selected'), 'true');
    await page.keyboard.press('Delete');
    await row(/Press/).waitFor({ state: 'detached' });
    assert.equal(await row(/Section: soft/).getAttribute('aria-selected'), 'true');
    assert.equal(await page.evaluate(() => document.activeElement?.tagName), 'IFRAME');
    assert.deepEqual(tab.faults, []);
  });

  it('row 32: the tools are one stop of the Tab key, with the arrows between them', async () => {
    const { tab } = await editor.open('Tools');
    const { page } = tab;
    const { keyboard } = page;
    const tools = page.getByRole('toolbar', { name: 'Tools of the editor' });
    const focused = () =>
      page.evaluate(() => (document.activeElement?.ariaLabel ?? document.activeElement?.textContent)?.trim());
    await page.getByRole('link', { name: 'Back to Tools' }).focus();
    await keyboard.press('Tab');
    assert.equal(await focused(), 'There is nothing to undo.');
    const seen: (string | undefined)[] = [];
    for (let step = 0; step < (await tools.locator('button, a').count()); step += 1) {
      seen.push(await focused());
      await keyboard.press('ArrowRight');
    }
    assert.equal(new Set(seen).size, seen.length, 'each is reached');
    assert.equal(await focused(), 'There is nothing to undo.');
    await keyboard.press('End');
    assert.equal(await focused(), 'Shortcuts');
    await keyboard.press('ArrowLeft');
    const last = await focused();
    await keyboard.press('Tab');
    assert.equal(await focused(), 'Publish');
    await keyboard.press('Shift+Tab');
    assert.equal(await focused(), last);
    assert.deepEqual(tab.faults, []);
  });

  it('row 14: keys of whoever types or has selected text are the keys of the browser', async () => {
    const { document, tab } = await editor.open('Keys', [
      ...CONTENT,
      { id: 'markup', type: 'html', fields: { markup: '<p>A</p>' } },
    ]);
    const { page, form, row } = tab;
    const { keyboard } = page;
    const first = outlineOf(await editor.draft(document));
    const clipboard = () => page.evaluate(() => navigator.clipboard.readText());
    const isUnchanged = async (told: string) => {
      await tab.saved();
      assert.equal(outlineOf(await editor.draft(document)), first, told);
      assert.equal(await page.getByRole('dialog').count(), 0, told);
    };

    // In a text: single keys are written, and copying is of the text.
    await row(/Rivers/).click();
    const text = form.getByRole('textbox', { name: 'Text' });
    await text.click();
    await keyboard.press('End');
    await keyboard.type('am/?');
    await keyboard.press('Delete');
    await keyboard.press('Backspace');
    await keyboard.press('Control+d');
    await until(
      () => text.inputValue(),
      (value) => value === 'Riversam/',
    );
    await keyboard.press('Control+a');
    await keyboard.press('Control+c');
    assert.equal(await clipboard(), 'Riversam/');
    await keyboard.press('Control+x');
    await keyboard.press('Control+v');
    await keyboard.press('Control+v');
    await until(
      () => text.inputValue(),
      (value) => value === 'Riversam/Riversam/',
    );
    await isUnchanged('an input');

    // Rich text and code are editors of their own, and only the innermost one answers.
    await row(/Slow water/).click();
    const rich = form.getByRole('textbox', { name: 'Text' });
    await rich.click();
    await keyboard.press('End');
    await keyboard.type('am?');
    await keyboard.press('Control+z');
    await until(
      () => rich.textContent(),
      (value) => value?.trim() === 'Slow water.',
    );
    assert.equal(await row(/Riversam/).count(), 1);
    await keyboard.press('Control+a');
    await keyboard.press('Control+c');
    assert.equal(await clipboard(), 'Slow water.');
    await isUnchanged('rich text');
    await row(/^HTML/).click();
    const code = form.getByRole('textbox', { name: /^HTML|Markup/ });
    await code.click();
    await keyboard.press('Control+End');
    await keyboard.type('a/m');
    await keyboard.press('Control+z');
    await until(
      () => code.textContent(),
      (value) => value?.trim() === '<p>A</p>',
    );
    assert.equal(await row(/Riversam/).count(), 1);
    await keyboard.press('Control+d');
    await isUnchanged('code');

    // Text of the page that is selected is what is copied, and single keys mean nothing.
    await row(/Slow water/).click();
    await form.locator('h2').evaluate((heading) => getSelection()?.selectAllChildren(heading));
    for (const key of ['a', 'm', '/', 'Delete', 'Backspace']) await keyboard.press(key);
    await isUnchanged('selected text');
    await keyboard.press('Control+c');
    assert.equal(await clipboard(), 'Text');
    await keyboard.press('Control+x');
    await isUnchanged('selected text is not cut as a widget');

    // With nothing selected the same keys are about the widget.
    await page.evaluate(() => getSelection()?.removeAllRanges());
    await keyboard.press('Control+c');
    await said(page, 'Copied 1 widget');
    assert.match(await clipboard(), /^Widgy: Text\n\{"widgy":1/);

    // Behind a window nothing happens.
    await keyboard.press('?');
    await page.getByRole('dialog', { name: 'Shortcuts' }).waitFor();
    for (const key of ['Delete', 'a', 'Control+d', 'Control+v']) await keyboard.press(key);
    await keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    await isUnchanged('behind a window');
    assert.deepEqual(tab.faults, []);
  });

  it('row 17: widgets go through the clipboard to another page, with ids of their own', async () => {
    const there = await editor.open('From here');
    const here = await editor.open('To there', [{ id: 'only', type: 'heading', fields: { text: 'Only' } }]);
    const before = await editor.draft(there.document);
    await there.tab.page.bringToFront();
    await there.tab.row(/Slow water/).click();
    await there.tab.row(/Section: soft/).click({ modifiers: ['Control'] });
    await there.tab.page.keyboard.press('Control+x');
    await said(there.tab.page, 'Cut 2 widgets');
    await there.tab.saved();
    assert.equal(outlineOf(await editor.draft(there.document)), 'root\n  intro\n  empty');

    await here.tab.page.bringToFront();
    await here.tab.row(/Only/).click();
    await here.tab.page.keyboard.press('Control+v');
    await said(here.tab.page, 'Pasted 2 widgets into One column');
    await here.tab.saved();
    const after = (await editor.draft(here.document)).root.children.slice(1);
    const was = before.root.children.slice(1, 3);
    assert.deepEqual(after.map(contentOf), was.map(contentOf));
    const old = new Set(outlineOf(before).split(/\s+/));
    for (const { id } of after.flatMap((widget) => [...walk(widget)])) assert.ok(!old.has(id), id);

    // It is one step. What was cut comes back as it was, with the ids that it had.
    await here.tab.page.keyboard.press('Control+z');
    await here.tab.page.getByRole('button', { name: 'Nothing to undo' }).waitFor();
    await there.tab.page.bringToFront();
    await there.tab.page.keyboard.press('Control+z');
    await there.tab.row(/Banks/).waitFor();
    await there.tab.saved();
    assert.equal(await editor.draftText(there.document), textOf(before));

    const { sequence } = (await readDraft(editor.site.widgy.documents, there.document))?.draft ?? {
      sequence: 0,
    };
    // The server looks at what is pasted by the same rules, whoever sends it.
    const section = { id: 'inner-section', type: 'section', fields: {}, children: [] };
    const answer = await here.tab.page.evaluate(
      async ([url, insert]) => {
        const headers = { 'content-type': 'application/json' };
        const response = await fetch(url, { method: 'POST', headers, body: insert });
        return { status: response.status, text: await response.text() };
      },
      [
        `/api/widgy/documents/${there.document}/changes`,
        JSON.stringify({
          after: sequence,
          operations: [{ kind: 'insert', widget: section, at: { parent: 'soft' } }],
        }),
      ] as const,
    );
    assert.equal(answer.status, 409, answer.text);
    assert.match(answer.text, /operation-refused/);
    assert.deepEqual([there.tab.faults, here.tab.faults], [[], []]);
  });

  it('row 17: links and pictures of another site lead to what is called the same, or are empty and marked', async () => {
    const tideTables = await pageCalled(editor, 'Tide tables');
    const { document, tab } = await editor.open('Foreign', [{ id: 'only', type: 'section', fields: {} }]);
    const { page, form, row } = tab;
    await row(/^Section/).click();
    const text = (link: string) => `<p>See <a href="${link}">there</a>.</p>`;
    await paste(page, {
      widgy: 1,
      origin: 'https://elsewhere.example/admin',
      references: {
        'widgy:page/77': 'Tide tables',
        'widgy:page/78': 'Nowhere to be found',
        'widgy:media/avocet':
          'Avocet: a white half-decked boat with tan gaff mainsail and a jib on a bowsprit',
        'widgy:media/else': 'Inside the shed: a clinker hull on the stocks, half planked, under a red lamp',
      },
      widgets: [
        { id: 'a', type: 'button', fields: { text: 'Tides', link: 'widgy:page/77' }, children: [] },
        { id: 'b', type: 'text', fields: { text: text('widgy:page/78') }, children: [] },
        { id: 'c', type: 'image', fields: { image: 'widgy:media/avocet' }, children: [] },
        { id: 'd', type: 'image', fields: { image: 'widgy:media/else' }, children: [] },
        { id: 'e', type: 'button', fields: { text: 'Unnamed', link: 'widgy:page/1' }, children: [] },
      ],
    });
    await row(/Unnamed/).waitFor();
    await tab.saved();
    const children = findWidget(await editor.draft(document), 'only')?.children ?? [];
    const [tides, lost, same, other, unnamed] = children.map(({ fields }) => fields);
    assert.equal(tides?.link, `widgy:page/${tideTables.id}`);
    assert.equal(same?.image, 'widgy:media/avocet');
    assert.equal(other?.image, 'widgy:media/shed');
    assert.equal(unnamed?.link, '');
    assert.ok(!JSON.stringify(lost).includes('widgy:'), JSON.stringify(lost));
    assert.match(JSON.stringify(lost), /See .*there/);

    // It is told, and can be seen until somebody has mended it.
    const announced = await page.locator('.hidden-text[role="status"]').textContent();
    assert.match(
      announced ?? '',
      /2 links point at something that this site does not have: Text of Text and Link of Button/,
    );
    const marked = row(/A link in it leads nowhere/);
    assert.equal(await marked.count(), 2);
    await row(/Unnamed/).click();
    await form.getByText('A link in this leads nowhere').waitFor();
    await form.getByRole('textbox', { name: /address/ }).fill('/boats');
    await until(
      () => marked.count(),
      (count) => count === 1,
    );
    await form.getByText('A link in this leads nowhere').waitFor({ state: 'detached' });

    // Types that this site does not have are not taken, nor anything that is not of widgets.
    const kept = outlineOf(await editor.draft(document));
    await row(/^Section/).click();
    await paste(page, {
      ...{ widgy: 1, origin: 'https://elsewhere.example/admin', references: {} },
      widgets: [{ id: 'x', type: 'carousel', fields: {}, children: [] }],
    });
    await said(page, 'This site does not have: carousel');
    await paste(page, 'Only words');
    await said(page, 'There are no widgets to paste.');
    await tab.saved();
    assert.equal(outlineOf(await editor.draft(document)), kept);
    assert.deepEqual(tab.faults, []);
  });
});

/** Pastes a text, or JSON, as if it came from another browser. */
async function paste(page: Page, copied: unknown): Promise<void> {
  const text = typeof copied === 'string' ? copied : `Widgy: some\n${JSON.stringify(copied)}`;
  await page.evaluate((written) => navigator.clipboard.writeText(written), text);
  await page.keyboard.press('Control+v');
}

/** What a widget is, without what tells it from another like it. */
function contentOf({ type, slot, fields, children }: Widget): unknown {
  return { type, slot, fields, children: children.map(contentOf) };
}
