import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Page } from 'playwright-core';
import { bends } from './editor-fixture.ts';
import { editorSuite } from './editor-suite.ts';
import { assertLanded, lift, notePaintings, startOf } from './outline-drag-fixture.ts';
import { idsIn, linesOf, openOutline, rowsOf, type SeenRow } from './outline-fixture.ts';
import { boxOf, said, twoFrames } from './page-state.ts';
import { randomFrom } from './random.ts';

describe('dragging in the outline', () => {
  const editor = editorSuite();

  it('row 5: each gap in which it may stand has a line, as deep as the pointer is to the right, and no other has', async () => {
    const { tab, page, rows } = await openOutline(editor, 'Gaps');
    const paintings = await notePaintings(page);
    const name = (at: number) => rows[at]?.key ?? '';
    // What stands above the line, and how deep it may be, the deepest first.
    const cases: Readonly<Record<string, Readonly<Record<string, readonly number[]>>>> = {
      // It may stand in everything that takes anything: as the last in the section that it stands in, and behind this.
      press: {
        ...{ 'root:main': [3], intro: [3], words: [3], soft: [4], inner: [4], press: [4, 3] },
        ...{ one: [5], first: [5], two: [5], 'two+': [5, 3], empty: [4], 'empty+': [4, 3] },
        ...{ end: [3], 'root:main+': [3] },
      },
      // On the page only.
      soft: {
        ...{ 'root:main': [3], intro: [3], words: [3], press: [3], 'two+': [3], 'empty+': [3] },
        ...{ end: [3], 'root:main+': [3] },
      },
      // Among the tabs only.
      two: { tabs: [4], first: [4], 'two+': [4] },
    };
    for (const [id, gaps] of Object.entries(cases)) {
      await lift(tab, rows, id);
      const found: string[] = [];
      const wanted: string[] = [];
      for (let gap = 0; gap < rows.length; gap += 1) {
        // Right above the row of a slot the first place in it is meant: the line is where that is.
        const above = gap === 0 && gaps['root:main'] !== undefined ? 'root:main' : name(gap);
        const depths = gaps[above] ?? [];
        for (const level of depths.length > 1 ? [1, 3, 4, 5] : [4]) {
          await page.mouse.move(
            startOf(rows, level) + 4,
            (rows[gap]?.bottom ?? 0) + (gap % 2 === 0 ? 6 : -6),
          );
          const line = await paintings.next(rows);
          found.push(`${name(gap)} ${level}: ${line && `${name(line.afterRow)} ${line.depth}`}`);
          const depth = depths.find((each) => each <= level) ?? depths.at(-1);
          wanted.push(`${name(gap)} ${level}: ${depth && `${above} ${depth}`}`);
        }
      }
      assert.deepEqual(found, wanted, id);
      await page.keyboard.press('Escape');
      await page.mouse.up();
    }

    // The same height, further left: behind what it was the last in.
    for (const [level, parent] of [
      [4, 'empty'],
      [3, 'root:main'],
    ] as const) {
      const from = await rowsOf(tab);
      await lift(tab, from, 'intro');
      const [empty, end] = ['empty', 'end'].map((key) => from.findIndex((row) => row.key === key));
      assert.ok(empty !== undefined && end !== undefined);
      await page.mouse.move(startOf(from, level) + 2, from[end]?.top ?? 0);
      await twoFrames(page);
      await page.mouse.up();
      await twoFrames(page);
      const to = await rowsOf(tab);
      const at = to.findIndex((row) => row.key === 'intro');
      assert.equal(to[at - 1]?.key, 'empty'.concat(level === 3 ? '+' : ''));
      assert.equal(parentKey(to, at), parent);
    }
    assert.deepEqual(tab.faults, []);
  });

  it('row 6: what is let go while it moves is where the line was painted last', async () => {
    const { document, tab, page } = await openOutline(editor, 'Truth');
    const paintings = await notePaintings(page);
    const random = randomFrom(6);
    const box = await boxOf(tab.outline);
    const somewhere = (): readonly [x: number, y: number] => [
      box.x + random() * 220,
      box.y + 30 + random() * 560,
    ];
    let count = 0;
    for (let turn = 0; turn < 30; turn += 1) {
      const from = await rowsOf(tab);
      const movable = from.filter(({ key, isAdd }) => !isAdd && !key.startsWith('root'));
      const { key } = movable[Math.floor(random() * movable.length)] ?? assert.fail();
      await lift(tab, from, key);
      await page.mouse.move(...somewhere(), { steps: 1 + Math.floor(random() * 4) });
      await page.mouse.move(...somewhere(), { steps: 1 + Math.floor(random() * 4) });
      await page.mouse.up();
      const line = await paintings.atDrop(from);
      await twoFrames(page);
      const to = await rowsOf(tab);
      if (line === undefined) assert.equal(linesOf(to), linesOf(from));
      else assertLanded(from, to, key, line);
      if (linesOf(to) !== linesOf(from)) count += 1;
    }
    assert.ok(count > 10, `only ${count} were moved`);

    // Two places, of which only one was ever painted.
    const from = await rowsOf(tab);
    const painted = from.find(({ key }) => key === 'end') ?? assert.fail();
    const main = from.find(({ key }) => key === 'root:main') ?? assert.fail();
    const moved = from.find(({ key }) => key === 'intro') ?? assert.fail();
    await lift(tab, from, moved.key);
    await page.mouse.move(painted.start, painted.top + 2);
    const line = (await paintings.next(from)) ?? assert.fail();
    await letGoAt(page, main.start, main.bottom);
    await page.mouse.up();
    await twoFrames(page);
    assertLanded(from, await rowsOf(tab), 'intro', line);

    const shown = linesOf(await rowsOf(tab)).replace(/^ *root:main\n/m, '');
    await tab.saved();
    assert.deepEqual(idsOf(shown), idsIn(await editor.draft(document)));
    assert.deepEqual(tab.faults, []);
  });

  it('row 6: at an edge the list goes on, and what was painted last counts', async () => {
    const { document, tab, page } = await editor.open('Long', bends(60));
    await tab.row('Bend 1').first().waitFor();
    const list = tab.outline.locator('.outline-scroll');
    const box = await boxOf(list);
    await lift(tab, await rowsOf(tab), 'bend3');
    await page.mouse.move(box.x + 80, box.y + box.height - 3);
    await tab.row('Bend 59').waitFor();
    await page.waitForFunction(() => {
      const all = window.document.querySelector('.outline-scroll');
      return all !== null && all.scrollTop + all.clientHeight >= all.scrollHeight - 1;
    });
    await twoFrames(page);
    await page.mouse.up();
    await tab.saved();
    const ids = idsIn(await editor.draft(document));
    assert.equal(ids.at(-1), 'bend3');
    assert.equal(ids.length, 61);
  });

  it('row 8: Escape, the other button, and leaving the window leave everything as it was', async () => {
    const { document, tab, page, rows } = await openOutline(editor, 'Cancel');
    const before = await editor.draftText(document);
    const sent: string[] = [];
    page.on('request', (request) => {
      if (request.method() === 'POST' && request.url().endsWith('/changes')) sent.push(request.url());
    });
    await tab.row('Banks').click();
    const menus = await page.evaluateHandle(() => {
      const opened: Event[] = [];
      addEventListener('contextmenu', (event) => opened.push(event), { capture: true });
      return opened;
    });
    const target = rows.find(({ key }) => key === 'end') ?? assert.fail();
    const ways: Readonly<Record<string, () => Promise<void>>> = {
      Escape: async () => page.keyboard.press('Escape'),
      'the other button': async () => {
        await page.mouse.down({ button: 'right' });
        await page.mouse.up({ button: 'right' });
      },
      // Beside the window, where the browser still tells of the pointer, and let go there.
      'leaving the window': async () => {
        await page.mouse.move(-30, target.top);
        await tab.outline.locator('.outline-line').waitFor({ state: 'hidden' });
        await page.mouse.up();
      },
      'another window': async () => page.evaluate(() => void dispatchEvent(new Event('blur'))),
    };
    for (const [name, cancel] of Object.entries(ways)) {
      await lift(tab, rows, 'intro');
      await page.mouse.move(target.start, target.bottom);
      await tab.outline.locator('.outline-line').waitFor();
      await cancel();
      await tab.outline.locator('.outline-view[data-dragging="false"]').waitFor();
      await page.mouse.up();
      await twoFrames(page);
      assert.equal(linesOf(await rowsOf(tab)), linesOf(rows), name);
      // What was selected is, and nothing else was pressed by letting go.
      assert.equal(
        await tab.outline.locator('[aria-selected="true"]').getAttribute('data-key'),
        'inner',
        name,
      );
      await said(page, 'Nothing moved. Heading is where it was.');
    }
    assert.deepEqual(await menus.evaluate((all) => all.map((event) => event.defaultPrevented)), [true]);
    assert.deepEqual(sent, []);
    assert.equal(await page.getByRole('button', { name: 'Nothing to undo' }).count(), 1);
    assert.equal(await editor.draftText(document), before);

    // After all that it still works.
    await lift(tab, rows, 'intro');
    await page.mouse.move(target.start, target.bottom);
    await twoFrames(page);
    await page.mouse.up();
    await tab.saved();
    assert.notEqual(await editor.draftText(document), before);
    assert.equal(sent.length, 1);
    assert.deepEqual(tab.faults, []);
  });

  it('row 9: a finger that rests lifts, one that does not scrolls, and what it meets is large enough', async () => {
    const document = await editor.newPage('Touch', bends(30));
    const phone = await editor.browser.newContext({
      ...{ storageState: await editor.ann.storageState(), reducedMotion: 'reduce' },
      ...{ viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
    });
    const tab = await editor.edit(document, phone);
    const { page } = tab;
    await page.getByRole('button', { name: 'Outline', exact: true }).tap();
    await tab.row('Bend 1').first().waitFor();
    const cdp = await phone.newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchMove' | 'touchEnd', x = 0, y = 0) =>
      cdp.send('Input.dispatchTouchEvent', { type, touchPoints: type === 'touchEnd' ? [] : [{ x, y }] });
    const list = tab.outline.locator('.outline-scroll');
    const scrolled = () => list.evaluate(({ scrollTop }) => scrollTop);
    const rows = await rowsOf(tab);
    const middle = (key: string, all: readonly SeenRow[] = rows): number => {
      const row = all.find((each) => each.key === key) ?? assert.fail(key);
      return (row.top + row.bottom) / 2;
    };

    // A finger that goes on at once.
    const settled = list.evaluate(
      (element) =>
        new Promise((done) => element.addEventListener('scrollend', () => done(0), { once: true })),
    );
    await touch('touchStart', 150, middle('bend9'));
    for (let step = 1; step <= 12; step += 1) await touch('touchMove', 150, middle('bend9') - step * 20);
    await touch('touchEnd');
    await settled;
    assert.ok((await scrolled()) > 100);
    assert.equal(await tab.outline.locator('.outline-view').getAttribute('data-dragging'), 'false');
    await list.evaluate((element) => {
      element.scrollTop = 0;
    });
    await twoFrames(page);

    // One that rests.
    await touch('touchStart', 150, middle('bend2'));
    await tab.outline.locator('.outline-view[data-dragging="true"]').waitFor();
    for (let step = 1; step <= 6; step += 1) await touch('touchMove', 150, middle('bend2') + step * 30);
    await touch('touchMove', 150, middle('bend6') + 6);
    await tab.outline.locator('.outline-line').waitFor();
    await twoFrames(page);
    assert.equal(await scrolled(), 0);
    await touch('touchEnd');
    await tab.saved();
    const ids = idsIn(await editor.draft(document));
    assert.deepEqual(ids.slice(1, 8), ['bend0', 'bend1', 'bend3', 'bend4', 'bend5', 'bend6', 'bend2']);

    // One more finger, or the browser, calls it off.
    await touch('touchStart', 150, middle('bend8'));
    await tab.outline.locator('.outline-view[data-dragging="true"]').waitFor();
    await touch('touchMove', 150, middle('bend9') + 6);
    await cdp.send('Input.dispatchTouchEvent', { type: 'touchCancel', touchPoints: [] });
    await tab.outline.locator('.outline-view[data-dragging="false"]').waitFor();
    await tab.saved();
    assert.deepEqual(idsIn(await editor.draft(document)), ids);

    await tab.row('Bend 4').tap();
    const small = await tab.outline
      .locator('button, [role="treeitem"], [data-toggle="true"]')
      .evaluateAll((all) =>
        all.flatMap((element) => {
          const { width, height } = element.getBoundingClientRect();
          return element.checkVisibility() && (width < 24 || height < 24) ? element.outerHTML : [];
        }),
      );
    assert.deepEqual(small, []);
    assert.deepEqual(tab.faults, []);
    await phone.close();
  });
});

/** Lets the pointer go at a place to which it has come without a frame between. The mouse itself is still pressed then. */
async function letGoAt(page: Page, clientX: number, clientY: number): Promise<void> {
  await page.evaluate(
    (at) => {
      const tree = document.querySelector('.outline-tree');
      const event = { ...at, pointerId: 1, pointerType: 'mouse', bubbles: true, buttons: 1 };
      tree?.dispatchEvent(new PointerEvent('pointermove', event));
      tree?.dispatchEvent(new PointerEvent('pointerup', { ...event, buttons: 0 }));
    },
    { clientX, clientY },
  );
}

function parentKey(rows: readonly SeenRow[], at: number): string | undefined {
  const level = rows[at]?.level ?? 0;
  return rows.slice(0, at).findLast((row) => row.level < level)?.key;
}

function idsOf(lines: string): readonly string[] {
  return lines.split('\n').map((line) => line.trim());
}
