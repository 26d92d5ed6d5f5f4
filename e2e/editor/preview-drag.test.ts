import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Locator } from 'playwright-core';
import { bends, outlineOf } from './editor-fixture.ts';
import { editorSuite } from './editor-suite.ts';
import type { EditorTab } from './editor-tab.ts';
import { boxOf, twoFrames } from './page-state.ts';

describe('dragging in the preview', () => {
  const editor = editorSuite();

  it('row 6 and 7: what is dragged on the page lands where the line was painted last, and the page is not touched before', async () => {
    const { document, tab } = await editor.open('Dragging');
    await tab.preview.getByRole('heading', { name: 'Rivers' }).click();
    const html = await tab.preview.locator('body').innerHTML();
    await lift(tab);
    const target = await boxOf(tab.preview.getByText('Press'));
    await tab.page.mouse.move(target.x + 10, target.y + target.height + 4);
    await tab.page.mouse.move(target.x + 10, target.y + 2);
    await line(tab).waitFor({ state: 'attached' });
    assert.equal(await tab.preview.locator('body').innerHTML(), html);
    // Let go while it moves: what was painted is what counts.
    await twoFrames(tab.page);
    await tab.page.mouse.up();
    await tab.saved();
    assert.equal(
      outlineOf(await editor.draft(document)),
      ['root', '  words', '  soft', '    inner', '    intro', '    press', '  empty'].join('\n'),
    );
    assert.deepEqual(tab.faults, []);
  });

  it('row 7: it goes into what is empty, and the page scrolls where its edge is', async () => {
    const { document, tab } = await editor.open('Far', [
      ...bends(30),
      { id: 'empty', type: 'section', fields: { anchor: 'end' } },
    ]);
    await tab.preview.getByRole('heading', { name: 'Bend 0' }).click();
    await lift(tab);
    const frame = await boxOf(tab.page.locator('.preview-frame'));
    await tab.page.mouse.move(frame.x + frame.width / 2, frame.y + frame.height - 3);
    const section = tab.preview.locator('[data-widgy-id="empty"]');
    await tab.page.waitForFunction(() => {
      const shown = window.document.querySelector<HTMLIFrameElement>('.preview-frame');
      const box = shown?.contentDocument?.querySelector('[data-widgy-id="empty"]')?.getBoundingClientRect();
      return shown != null && box !== undefined && box.bottom < (shown.contentWindow?.innerHeight ?? 0) - 60;
    });
    // Away from the edge nothing scrolls any more.
    await tab.page.mouse.move(frame.x + frame.width / 2, frame.y + frame.height / 2);
    await twoFrames(tab.page);
    const box = await boxOf(section);
    await tab.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await twoFrames(tab.page);
    assert.equal(await line(tab).textContent(), 'Section');
    await tab.page.mouse.up();
    await tab.saved();
    const draft = await editor.draft(document);
    assert.deepEqual(
      draft.root.children.at(-1)?.children.map(({ id }) => id),
      ['bend0'],
    );
    assert.deepEqual(tab.faults, []);
  });

  it('row 8: Escape, the other button and leaving the window change nothing', async () => {
    const { document, tab } = await editor.open('Nothing');
    const before = await editor.draftText(document);
    const ends: readonly (() => Promise<void>)[] = [
      async () => {
        await tab.page.keyboard.press('Escape');
        await tab.page.mouse.up();
      },
      async () => {
        await tab.page.mouse.click(700, 500, { button: 'right' });
        await tab.page.mouse.up();
      },
      async () => {
        await tab.page.mouse.move(-20, 300);
        await tab.page.mouse.up();
      },
    ];
    await tab.preview.getByRole('heading', { name: 'Rivers' }).click();
    for (const end of ends) {
      await lift(tab);
      const target = await boxOf(tab.preview.getByText('Press'));
      await tab.page.mouse.move(target.x + 10, target.y + 2);
      await line(tab).waitFor({ state: 'attached' });
      await end();
      await line(tab).waitFor({ state: 'detached' });
      await tab.selected(/Rivers/).waitFor();
    }
    await tab.saved();
    assert.equal(await tab.page.locator('.saving').textContent(), 'Everything is saved');
    assert.equal(await editor.draftText(document), before);
    assert.deepEqual(tab.faults, []);
  });

  it('row 9: a finger that rests lifts, one that moves scrolls; what is pressed is large enough', async () => {
    const { document, tab } = await editor.open('Touched');
    await tab.preview.getByRole('heading', { name: 'Rivers' }).click();
    const sizes = await tab.page.locator('.overlay button').evaluateAll((buttons) =>
      buttons.map((button) => {
        const { width, height } = button.getBoundingClientRect();
        return [width, height];
      }),
    );
    assert.ok(sizes.length >= 2 && sizes.flat().every((size) => size >= 24), JSON.stringify(sizes));
    const devtools = await editor.ann.newCDPSession(tab.page);
    const touch = (
      type: 'touchStart' | 'touchMove' | 'touchEnd',
      points: readonly { x: number; y: number }[],
    ) => devtools.send('Input.dispatchTouchEvent', { type, touchPoints: [...points] });
    const from = await boxOf(tab.preview.getByRole('heading', { name: 'Rivers' }));
    const start = { x: from.x + 20, y: from.y + 10 };
    await touch('touchStart', [start]);
    await tab.page.locator('.overlay .drag-ghost').waitFor();
    const target = await boxOf(tab.preview.getByText('Press'));
    for (const y of [target.y - 20, target.y + 2]) await touch('touchMove', [{ x: target.x + 10, y }]);
    await line(tab).waitFor({ state: 'attached' });
    await twoFrames(tab.page);
    await touch('touchEnd', []);
    await tab.saved();
    const draft = await editor.draft(document);
    assert.deepEqual(
      draft.root.children[1]?.children.map(({ id }) => id),
      ['inner', 'intro', 'press'],
    );
    assert.deepEqual(tab.faults, []);
  });
});

function line(tab: EditorTab): Locator {
  // A line is too thin for what Playwright calls visible.
  return tab.page.locator('.drop-line:not([hidden])');
}

/** Presses the grip of the selected widget and moves it as far as it takes to lift it. */
async function lift({ page }: EditorTab): Promise<void> {
  const grip = await boxOf(page.locator('.box.selected .box-grip'));
  await page.mouse.move(grip.x + grip.width / 2, grip.y + grip.height / 2);
  await page.mouse.down();
  await page.mouse.move(grip.x + grip.width / 2 + 8, grip.y + grip.height / 2 + 8);
  await page.locator('.overlay .drag-ghost').waitFor();
}
