import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import type { BrowserContext, Locator } from 'playwright-core';
import { createWidget } from 'widgy/tree';
import {
  CONTENT,
  type EditorSite,
  type EditorTab,
  openEditor,
  openEditorSite,
  outlineOf,
  textOf,
} from './editor-fixture.ts';

describe('the preview', () => {
  let editor: EditorSite;
  let ann: BrowserContext;
  before(async () => {
    editor = await openEditorSite();
    ann = await editor.person('Ann');
  });
  after(() => editor?.[Symbol.asyncDispose]());

  const open = async (title: string, content = CONTENT) => {
    const document = await editor.newPage(title, content);
    return { document, tab: await openEditor(editor, ann, document) };
  };

  it('row 1: a click selects in all, Escape climbs, and what is not seen is said so', async () => {
    const { tab } = await open('Selecting', [
      ...CONTENT,
      { id: 'blank', type: 'html', fields: { markup: '<b></b>' } },
    ]);
    const path = tab.page.getByRole('navigation', { name: 'Where the selected widget stands' });
    await tab.preview.getByRole('heading', { name: 'Banks' }).click();
    await selectedRow(tab, /Banks/).waitFor();
    await tab.form.getByRole('heading', { name: 'Heading' }).waitFor();
    assert.deepEqual(await path.getByRole('button').allTextContents(), ['One column', 'Section', 'Heading']);
    await tab.page.keyboard.press('Escape');
    await selectedRow(tab, /^Section/).waitFor();
    await tab.form.getByRole('heading', { name: 'Section' }).waitFor();
    await path.getByRole('button', { name: 'One column' }).click();
    await selectedRow(tab, /^One column/).waitFor();
    await tab.row(/Rivers/).click();
    await tab.page.locator('.box.selected .box-name', { hasText: 'Heading' }).waitFor();
    await tab.outline.locator('[data-badge="unseen"]').first().waitFor();
    assert.equal(await tab.outline.locator('[data-badge="unseen"]').count(), 1);
    assert.deepEqual(tab.faults, []);
    await tab.page.close();
  });

  it('row 2: something new is added at the edges of what is selected, and in what is empty', async () => {
    const { document, tab } = await open('Adding');
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
    await tab.page.close();
  });

  it('row 6 and 7: what is dragged on the page lands where the line was painted last, and the page is not touched before', async () => {
    const { document, tab } = await open('Dragging');
    await tab.preview.getByRole('heading', { name: 'Rivers' }).click();
    const html = await tab.preview.locator('body').innerHTML();
    await lift(tab);
    const target = await boxOf(tab.preview.getByText('Press'));
    await tab.page.mouse.move(target.x + 10, target.y + target.height + 4);
    await tab.page.mouse.move(target.x + 10, target.y + 2);
    await line(tab).waitFor({ state: 'attached' });
    assert.equal(await tab.preview.locator('body').innerHTML(), html);
    // Let go while it moves: what was painted is what counts.
    await frames(tab);
    await tab.page.mouse.up();
    await tab.saved();
    assert.equal(
      outlineOf(await editor.draft(document)),
      ['root', '  words', '  soft', '    inner', '    intro', '    press', '  empty'].join('\n'),
    );
    assert.deepEqual(tab.faults, []);
    await tab.page.close();
  });

  it('row 7: it goes into what is empty, and the page scrolls where its edge is', async () => {
    const long = Array.from({ length: 30 }, (_, at) => ({
      ...{ id: `long${at}`, type: 'heading' },
      fields: { text: `Bend ${at}`, level: 'h2' },
    }));
    const { document, tab } = await open('Far', [
      ...long,
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
    await frames(tab);
    const box = await boxOf(section);
    await tab.page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await frames(tab);
    assert.equal(await line(tab).textContent(), 'Section');
    await tab.page.mouse.up();
    await tab.saved();
    const draft = await editor.draft(document);
    assert.deepEqual(
      draft.root.children.at(-1)?.children.map(({ id }) => id),
      ['long0'],
    );
    assert.deepEqual(tab.faults, []);
    await tab.page.close();
  });

  it('row 8: Escape, the other button and leaving the window change nothing', async () => {
    const { document, tab } = await open('Nothing');
    const before = textOf(await editor.draft(document));
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
      await selectedRow(tab, /Rivers/).waitFor();
    }
    await tab.saved();
    assert.equal(await tab.page.locator('.saving').textContent(), 'Everything is saved');
    assert.equal(textOf(await editor.draft(document)), before);
    assert.deepEqual(tab.faults, []);
    await tab.page.close();
  });

  it('row 9: a finger that rests lifts, one that moves scrolls; what is pressed is large enough', async () => {
    const { document, tab } = await open('Touched');
    await tab.preview.getByRole('heading', { name: 'Rivers' }).click();
    const sizes = await tab.page.locator('.overlay button').evaluateAll((buttons) =>
      buttons.map((button) => {
        const { width, height } = button.getBoundingClientRect();
        return [width, height];
      }),
    );
    assert.ok(sizes.length >= 2 && sizes.flat().every((size) => size >= 24), JSON.stringify(sizes));
    const devtools = await ann.newCDPSession(tab.page);
    const touch = (
      type: 'touchStart' | 'touchMove' | 'touchEnd',
      points: readonly { x: number; y: number }[],
    ) => devtools.send('Input.dispatchTouchEvent', { type, touchPoints: [...points] });
    const from = await boxOf(tab.preview.getByRole('heading', { name: 'Rivers' }));
    const start = { x: from.x + 20, y: from.y + 10 };
    await touch('touchStart', [start]);
    await tab.page.locator('.preview-ghost').waitFor();
    const target = await boxOf(tab.preview.getByText('Press'));
    for (const y of [target.y - 20, target.y + 2]) await touch('touchMove', [{ x: target.x + 10, y }]);
    await line(tab).waitFor({ state: 'attached' });
    await frames(tab);
    await touch('touchEnd', []);
    await tab.saved();
    const draft = await editor.draft(document);
    assert.deepEqual(
      draft.root.children[1]?.children.map(({ id }) => id),
      ['inner', 'intro', 'press'],
    );
    assert.deepEqual(tab.faults, []);
    await tab.page.close();
  });

  it('row 19: a text is written on the page, and the form has it in the same frame', async () => {
    const { document, tab } = await open('Writing');
    const heading = tab.preview.getByText('Rivers');
    await heading.dblclick();
    await tab.page.keyboard.press('Control+a');
    await tab.page.keyboard.type('Old');
    const field = tab.form.getByLabel('Text');
    // Both are looked at in the frame after the key: the form must have it when that is painted.
    await tab.page.evaluate(() => {
      const shown = window.document.querySelector<HTMLIFrameElement>('.preview-frame')?.contentDocument;
      const written = shown?.querySelector('[contenteditable]');
      written?.addEventListener('input', () =>
        requestAnimationFrame(() =>
          setTimeout(() => {
            const form = window.document.querySelector<HTMLInputElement>('#form-text');
            window.document.body.dataset.mirror = `${written.textContent}=${form?.value}`;
          }),
        ),
      );
    });
    await tab.page.keyboard.type('er');
    await tab.page.locator('body[data-mirror="Older=Older"]').waitFor();
    assert.equal(await tab.page.locator('.box.selected .box-label').count(), 0);
    await tab.saved();
    // What was acknowledged was not put under the cursor.
    await tab.page.keyboard.type(' banks');
    await tab.page.keyboard.press('Enter');
    await tab.saved();
    assert.equal(await field.inputValue(), 'Older banks');
    assert.equal((await editor.draft(document)).root.children[0]?.fields.text, 'Older banks');
    await tab.preview.getByRole('heading', { name: 'Older banks' }).waitFor();
    assert.equal(await tab.preview.locator('[contenteditable]').count(), 0);
    // The keys mean the widget again: Enter writes, Escape leaves, and once more goes up.
    await tab.page.keyboard.press('Enter');
    await tab.page.keyboard.type('!');
    await tab.page.keyboard.press('Escape');
    await selectedRow(tab, /Older banks!/).waitFor();
    await tab.page.keyboard.press('Escape');
    await selectedRow(tab, /^One column/).waitFor();
    // What is typed in the form is seen on the page at once, before the server has it.
    await tab.row(/Older/).click();
    await ann.setOffline(true);
    await field.fill('Offline banks');
    await tab.preview.getByText('Offline banks').waitFor();
    await tab.page.getByText('You are offline. The preview is as it was').waitFor();
    await ann.setOffline(false);
    await tab.saved();
    // A text with markup is written in the form.
    await tab.preview.getByText('Slow water.').dblclick();
    const rich = tab.form.getByRole('textbox', { name: 'Text' });
    await rich.waitFor();
    await tab.page.waitForFunction(() => window.document.activeElement?.id === 'form-text');
    assert.deepEqual(tab.faults, []);
    await tab.page.close();
  });

  it('row 19: what others do meanwhile comes in around the cursor', async () => {
    const { document, tab } = await open('Both');
    const bob = await editor.person('Bob');
    const other = await openEditor(editor, bob, document);
    await tab.preview.getByText('Rivers').dblclick();
    await tab.page.keyboard.press('Home');
    await other.row(/Rivers/).click();
    await other.form.getByLabel('Text').fill('Rivers and lakes');
    await other.saved();
    await tab.preview.getByText('Rivers and lakes').waitFor();
    await tab.page.keyboard.type('All ');
    await tab.preview.getByText('All Rivers and lakes').waitFor();
    // What is around the text is shown anew only when it is left.
    await other.row(/Banks/).click();
    await other.page.keyboard.press('Alt+ArrowLeft');
    await other.saved();
    const level = await tab.row(/Rivers/).getAttribute('aria-level');
    await tab
      .row(/Banks/)
      .and(tab.page.locator(`[aria-level="${level}"]`))
      .waitFor();
    assert.equal(await tab.preview.locator('[contenteditable]').count(), 1);
    await tab.page.keyboard.press('Tab');
    await tab.saved();
    await tab.preview.locator('.w-section-inner:not(:has(h3))').first().waitFor();
    assert.match(textOf(await editor.draft(document)), /All Rivers and lakes/);
    assert.deepEqual([...tab.faults, ...other.faults], []);
    await bob.close();
    await tab.page.close();
  });

  it('row 19: a key is painted before what it changes elsewhere, which is there for whatever is done next', async () => {
    const { tab } = await open('Typing');
    await tab.row(/Rivers/).click();
    await tab.form.getByLabel('Text').click();
    const seen = await tab.page.evaluate(async () => {
      const field = window.document.querySelector<HTMLInputElement>('#form-text');
      const row = window.document.querySelector('.outline-row[aria-selected="true"]');
      const key = async (text: string) => {
        if (field !== null) field.value = text;
        field?.dispatchEvent(new InputEvent('input', { bubbles: true }));
        await Promise.resolve();
      };
      const rows: (string | null | undefined)[] = [];
      await key('Streams');
      rows.push(row?.textContent);
      field?.dispatchEvent(new KeyboardEvent('keydown', { key: 'Shift', bubbles: true }));
      rows.push(row?.textContent);
      await key('Brooks');
      rows.push(row?.textContent);
      for (let frame = 0; frame < 2; frame += 1)
        await new Promise<void>((resolve) => {
          requestAnimationFrame(() => setTimeout(resolve));
        });
      rows.push(row?.textContent);
      return rows.map((text) => /Rivers|Streams|Brooks/.exec(text ?? '')?.[0]);
    });
    assert.deepEqual(seen, ['Rivers', 'Streams', 'Streams', 'Brooks']);
    assert.deepEqual(tab.faults, []);
    await tab.page.close();
  });

  it('row 19: what the page shows already is not put there again', async () => {
    const { tab } = await open('Same');
    await tab.row(/Rivers/).click();
    const put = await tab.page.evaluateHandle(() => {
      const names: string[] = [];
      const shown = window.document.querySelector<HTMLIFrameElement>('.preview-frame')?.contentDocument;
      const observer = new MutationObserver((changes) => {
        const all = changes.flatMap(({ addedNodes }) => [...addedNodes]);
        names.push(...all.map(({ nodeName }) => nodeName).filter((name) => /^H\d$/.test(name)));
      });
      if (shown != null) observer.observe(shown, { childList: true, subtree: true });
      return names;
    });
    const answered = tab.page.waitForResponse(/\/preview.*parts|parts.*preview/);
    await tab.form.getByLabel('Text').fill('Streams');
    await answered;
    await tab.form.getByLabel('Level').selectOption('h3');
    await tab.preview.locator('h3', { hasText: 'Streams' }).waitFor();
    assert.deepEqual(await put.jsonValue(), ['H3']);
    assert.deepEqual(tab.faults, []);
    await tab.page.close();
  });

  it('row 25: what fails is a box, the page stays up without the server, and keeps its place', async () => {
    const long = Array.from({ length: 30 }, (_, at) => ({
      ...{ id: `bend${at}`, type: 'heading' },
      fields: { text: `Bend ${at}`, level: 'h2' },
    }));
    const document = await editor.newPage('Broken', long);
    const { root } = await editor.draft(document);
    const odd = createWidget({ id: 'odd', type: 'gone-type', slot: 'main' });
    await editor.putTree(document, createWidget({ ...root, children: [...root.children, odd] }));
    const tab = await openEditor(editor, ann, document);
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
    await tab.page.close();
  });

  it('row 17: what is copied on the page is the widget, where no text is selected', async () => {
    const { document, tab } = await open('Copying');
    await tab.preview.getByRole('heading', { name: 'Rivers' }).click();
    await selectedRow(tab, /Rivers/).waitFor();
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
    await tab.page.close();
  });

  it('what is drawn over the page moves in the same frame as the page', async () => {
    const long = Array.from({ length: 30 }, (_, at) => ({
      ...{ id: `bend${at}`, type: 'heading' },
      fields: { text: `Bend ${at}`, level: 'h2' },
    }));
    const { tab } = await open('Scrolling', long);
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
    await tab.page.close();
  });

  it('row 26: the page is as wide as on a phone, a tablet or a desk, and its headings are listed', async () => {
    const { tab } = await open('Wide');
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
    await selectedRow(tab, /Banks/).waitFor();
    await headings.waitFor({ state: 'detached' });
    assert.equal(await tab.page.evaluate(() => window.document.activeElement?.className), 'preview-frame');
    // Where there is no room for more, it begins as on a phone.
    await tab.page.setViewportSize({ width: 390, height: 800 });
    await tab.page.reload();
    await tab.preview.getByText('Rivers').waitFor();
    assert.equal(await width(), 390);
    assert.deepEqual(tab.faults, []);
    await tab.page.close();
  });
});

function selectedRow(tab: EditorTab, name: RegExp): Locator {
  return tab.row(name).and(tab.page.locator('[aria-selected="true"]'));
}

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
  await page.locator('.preview-ghost').waitFor();
}

/** Waits until what was done is painted. */
async function frames({ page }: EditorTab): Promise<void> {
  await page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        requestAnimationFrame(() => requestAnimationFrame(() => resolve()));
      }),
  );
}

async function boxOf(locator: Locator) {
  const box = await locator.boundingBox();
  assert.ok(box);
  return box;
}
