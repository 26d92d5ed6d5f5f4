import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createWidget } from 'widgy/tree';
import { bends, CONTENT } from './editor-fixture.ts';
import { editorSuite } from './editor-suite.ts';

describe('the preview', () => {
  const editor = editorSuite();

  it('row 1: a click selects in all, Escape climbs, and what is not seen is said so', async () => {
    const { tab } = await editor.open('Selecting', [
      ...CONTENT,
      { id: 'blank', type: 'html', fields: { markup: '<b></b>' } },
    ]);
    const path = tab.page.getByRole('navigation', { name: 'Where the selected widget stands' });
    await tab.preview.getByRole('heading', { name: 'Banks' }).click();
    await tab.selected(/Banks/).waitFor();
    await tab.form.getByRole('heading', { name: 'Heading' }).waitFor();
    assert.deepEqual(await path.getByRole('button').allTextContents(), ['One column', 'Section', 'Heading']);
    await tab.page.keyboard.press('Escape');
    await tab.selected(/^Section/).waitFor();
    await tab.form.getByRole('heading', { name: 'Section' }).waitFor();
    await path.getByRole('button', { name: 'One column' }).click();
    await tab.selected(/^One column/).waitFor();
    await tab.row(/Rivers/).click();
    await tab.page.locator('.box.selected .box-name', { hasText: 'Heading' }).waitFor();
    await tab.outline.locator('[data-badge="unseen"]').first().waitFor();
    assert.equal(await tab.outline.locator('[data-badge="unseen"]').count(), 1);
    assert.deepEqual(tab.faults, []);
  });

  it('row 2: something new is added at the edges of what is selected, and in what is empty', async () => {
    const { document, tab } = await editor.open('Adding');
    await tab.preview.getByRole('heading', { name: 'Banks' }).click();
    await tab.page.getByRole('button', { name: 'Add a widget after Heading', exact: true }).last().click();
    const picker = tab.page.getByRole('dialog');
    await picker.waitFor();
    await tab.page.keyboard.type('Heading');
    await tab.page.keyboard.press('Enter');
    await picker.waitFor({ state: 'detached' });
    await tab.saved();
    const draft = await editor.draft(document);
    assert.deepEqual(
      draft.root.children[2]?.children.map(({ type }) => type),
      ['heading', 'heading', 'button'],
    );
    assert.deepEqual(tab.faults, []);
  });

  it('row 25: what fails is a box, the page stays up without the server, and keeps its place', async () => {
    const document = await editor.newPage('Broken', bends(30));
    const { root } = await editor.draft(document);
    const odd = createWidget({ id: 'odd', type: 'gone-type', slot: 'main' });
    await editor.putTree(document, createWidget({ ...root, children: [...root.children, odd] }));
    const tab = await editor.edit(document);
    await tab.preview.getByText('the site has no type "gone-type"').waitFor();
    const scrolled = () =>
      tab.page.evaluate(
        () => window.document.querySelector<HTMLIFrameElement>('.preview-frame')?.contentWindow?.scrollY,
      );
    await tab.row(/Bend 20/).click();
    const from = await scrolled();
    assert.ok(from !== undefined && from > 0);
    await tab.form.getByLabel('Text').fill('Bend twenty');
    await tab.saved();
    await tab.preview.getByText('Bend twenty').waitFor();
    assert.equal(await scrolled(), from);
    // The server fails: the page is as it was, and says so; later it follows.
    await tab.page.route(/\/preview/, (route) => route.fulfill({ status: 500, body: 'No' }));
    await tab.form.getByLabel('Level').selectOption({ index: 2 });
    await tab.page.getByText('This is the preview as it was last loaded.').waitFor();
    await tab.page.getByRole('button', { name: 'Load the preview again' }).click();
    await tab.preview.getByText('Bend twenty').waitFor();
    await tab.page.unroute(/\/preview/);
    await tab.page.getByRole('button', { name: 'Load the preview again' }).click();
    await tab.page.getByText('This is the preview as it was last loaded.').waitFor({ state: 'hidden' });
    await tab.preview.getByText('Bend twenty').waitFor();
    assert.equal(await scrolled(), from);
    assert.deepEqual(tab.faults, []);
  });

  it('row 17: what is copied on the page is the widget, where no text is selected', async () => {
    const { document, tab } = await editor.open('Copying');
    await tab.preview.getByRole('heading', { name: 'Rivers' }).click();
    await tab.selected(/Rivers/).waitFor();
    await tab.page.keyboard.press('Control+c');
    await tab.page.keyboard.press('Control+v');
    await tab.outline
      .getByRole('treeitem', { name: /Rivers/ })
      .nth(1)
      .waitFor();
    await tab.saved();
    const { root } = await editor.draft(document);
    assert.deepEqual(
      root.children.map(({ fields }) => fields.text),
      ['Rivers', 'Rivers', '<p>Slow water.</p>', undefined, undefined],
    );
    assert.deepEqual(tab.faults, []);
  });

  it('what is drawn over the page moves in the same frame as the page', async () => {
    const { tab } = await editor.open('Scrolling', bends(30));
    await tab.row(/Bend 9/).click();
    await tab.page.locator('.box.selected').waitFor();
    const off = await tab.page.evaluate(async () => {
      const frame = window.document.querySelector<HTMLIFrameElement>('.preview-frame');
      const scrolled = frame?.contentWindow;
      const shown = frame?.contentDocument?.querySelector('[data-widgy-id="bend9"]');
      if (frame == null || scrolled == null || shown == null) return undefined;
      const all: number[] = [];
      for (let count = 0; count < 10; count++) {
        scrolled.scrollBy({ top: 7, behavior: 'instant' });
        // After everything that is done for this frame, and before the next one.
        await new Promise<void>((resolve) => {
          requestAnimationFrame(() => setTimeout(resolve));
        });
        const { top, width } = frame.getBoundingClientRect();
        const expected = top + (shown.getBoundingClientRect().top * width) / scrolled.innerWidth;
        const box = window.document.querySelector('.box.selected')?.getBoundingClientRect();
        all.push(Math.abs((box?.top ?? Number.POSITIVE_INFINITY) - expected));
      }
      return all;
    });
    assert.ok(
      off?.every((pixels) => pixels < 0.5),
      JSON.stringify(off),
    );
    assert.deepEqual(tab.faults, []);
  });

  it('row 26: the page is as wide as on a phone, a tablet or a desk, and its headings are listed', async () => {
    const { tab } = await editor.open('Wide');
    const width = () =>
      tab.page.evaluate(
        () => window.document.querySelector<HTMLIFrameElement>('.preview-frame')?.contentWindow?.innerWidth,
      );
    for (const [name, pixels] of [
      ['Phone', 390],
      ['Tablet', 820],
      ['Desktop', 1100],
    ] as const) {
      await tab.page.getByRole('button', { name }).click();
      assert.equal(await width(), pixels);
    }
    const reading = tab.page.getByRole('button', { name: 'Reading mode' });
    await reading.click();
    const headings = tab.page.getByRole('region', { name: 'Reading mode' });
    await headings.getByRole('button', { name: 'Banks' }).click();
    await tab.selected(/Banks/).waitFor();
    await headings.waitFor({ state: 'detached' });
    assert.equal(await tab.page.evaluate(() => window.document.activeElement?.className), 'preview-frame');
    // Where there is no room for more, it begins as on a phone.
    await tab.page.setViewportSize({ width: 390, height: 800 });
    await tab.page.reload();
    await tab.preview.getByText('Rivers').waitFor();
    assert.equal(await width(), 390);
    assert.deepEqual(tab.faults, []);
  });

  it('what is moved into another widget is boxed where it is then', async () => {
    const { tab, page } = await editor.open('Moving');
    await tab.row(/Banks/).click();
    await page.keyboard.press('Shift+F10');
    await page.getByRole('menuitem', { name: 'Move to…' }).click();
    const dialog = page.getByRole('dialog');
    const place = dialog.locator('.move-targets > li').filter({ hasText: 'In Section: empty' });
    await place.locator('summary').click();
    await place.getByRole('button').click();
    await dialog.waitFor({ state: 'detached' });
    await tab.preview.locator('#at-empty').getByRole('heading', { name: 'Banks' }).waitFor();
    await page.waitForFunction(() => {
      const frame = window.document.querySelector<HTMLIFrameElement>('.preview-frame');
      const shown = frame?.contentDocument?.querySelector('#at-empty h3')?.getBoundingClientRect();
      const box = window.document.querySelector('.box.selected')?.getBoundingClientRect();
      if (frame == null || shown === undefined || box === undefined) return false;
      const { top, width } = frame.getBoundingClientRect();
      const scale = width / frame.clientWidth;
      return Math.abs(top + shown.top * scale - box.top) < 1;
    });
    assert.deepEqual(tab.faults, []);
  });
});
