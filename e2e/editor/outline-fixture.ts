import assert from 'node:assert/strict';
import type { JSHandle, Page } from 'playwright-core';
import type { Tree } from 'widgy/tree';
import type { EditorTab, WrittenWidget } from './editor-fixture.ts';

/** A page on which not everything is allowed everywhere: tabs stand in their own widget only, and sections right on the page. */
export const OUTLINE: readonly WrittenWidget[] = [
  { id: 'intro', type: 'heading', fields: { text: 'Rivers', level: 'h2' } },
  { id: 'words', type: 'text', fields: { text: '<p>Slow water.</p>' } },
  {
    id: 'soft',
    type: 'section',
    fields: { anchor: 'soft' },
    children: [
      { id: 'inner', type: 'heading', fields: { text: 'Banks', level: 'h3' } },
      { id: 'press', type: 'button', fields: { text: 'Press', link: '/boats' } },
    ],
  },
  {
    id: 'tabs',
    type: 'tabs',
    children: [
      {
        id: 'one',
        type: 'tab',
        fields: { title: 'One' },
        children: [{ id: 'first', type: 'text', fields: { text: '<p>In one.</p>' } }],
      },
      { id: 'two', type: 'tab', fields: { title: 'Two' } },
    ],
  },
  { id: 'empty', type: 'section', fields: { anchor: 'empty' } },
  { id: 'end', type: 'text', fields: { text: '<p>The sea.</p>' } },
];

/** A row as it is seen, in CSS pixels of the window. */
export interface SeenRow {
  readonly key: string;
  readonly isAdd: boolean;
  readonly level: number;
  readonly name: string;
  readonly top: number;
  readonly bottom: number;
  /** Where what it says begins. */
  readonly start: number;
}

/** The rows that are seen, from the top down. */
export async function rowsOf({ outline }: Pick<EditorTab, 'outline'>): Promise<readonly SeenRow[]> {
  const rows = await outline.getByRole('treeitem').evaluateAll((all) =>
    all.map((row) => {
      const { top, bottom } = row.getBoundingClientRect();
      return {
        key: row.getAttribute('data-key') ?? '',
        isAdd: row.classList.contains('outline-add'),
        level: Number(row.getAttribute('aria-level')),
        name: row.getAttribute('aria-label') ?? '',
        ...{ top, bottom, start: row.firstElementChild?.getBoundingClientRect().left ?? 0 },
      };
    }),
  );
  return rows.toSorted((a, b) => a.top - b.top);
}

/** What the outline says, as indented lines of keys. Rows that add are left out. */
export function linesOf(rows: readonly SeenRow[]): string {
  const shown = rows.filter(({ isAdd }) => !isAdd);
  return shown.map(({ key, level }) => `${'  '.repeat(level - 1)}${key}`).join('\n');
}

/** Where a row begins that stands so deep. */
export function startOf(rows: readonly SeenRow[], level: number): number {
  const [first, second] = rows;
  assert.ok(first?.level === 1 && second?.level === 2);
  return first.start + (level - 1) * (second.start - first.start);
}

/** The line that shows where something will be dropped, as it was painted: the row above it, and how deep it is. */
export interface PaintedLine {
  readonly afterRow: number;
  readonly depth: number;
}

/** Notes what is painted of the line while something is dragged. */
export interface Paintings {
  /** The line that was painted last before the pointer was let go the last time; undefined where none was. */
  readonly atDrop: (rows: readonly SeenRow[]) => Promise<PaintedLine | undefined>;
  /** The line that is painted next, after two frames: what the pointer has done until now is in it. */
  readonly next: (rows: readonly SeenRow[]) => Promise<PaintedLine | undefined>;
}

interface LineBox {
  readonly y: number;
  readonly x: number;
}

interface Noted {
  painted: LineBox | undefined;
  dropped: LineBox | undefined;
}

/**
 * Begins to note the line. In each frame something changes its size, so that what observes sizes is told after all that scripts do for the frame
 * and right before it is painted: what is noted is what was painted, and nothing that was put into the page after it.
 */
export async function notePaintings(page: Page): Promise<Paintings> {
  const noted: JSHandle<Noted> = await page.evaluateHandle(() => {
    const state: Noted = { painted: undefined, dropped: undefined };
    const probe = document.body.appendChild(document.createElement('div'));
    probe.style.cssText = 'position: fixed; inset: auto 0 0 auto; block-size: 1px; inline-size: 1px';
    new ResizeObserver(() => {
      const line = document.querySelector<HTMLElement>('.outline-line');
      const box = line?.getBoundingClientRect();
      const isShown = line?.checkVisibility() === true && box !== undefined;
      state.painted = isShown ? { y: (box.top + box.bottom) / 2, x: box.left } : undefined;
    }).observe(probe);
    const change = () => {
      probe.style.inlineSize = probe.style.inlineSize === '1px' ? '2px' : '1px';
      requestAnimationFrame(change);
    };
    requestAnimationFrame(change);
    // Before anybody in the page hears of it.
    addEventListener(
      'pointerup',
      () => {
        state.dropped = state.painted;
      },
      { capture: true },
    );
    return state;
  });
  const read = (box: LineBox | undefined, rows: readonly SeenRow[]): PaintedLine | undefined => {
    if (box === undefined) return undefined;
    const afterRow = rows.findLastIndex(({ bottom }) => Math.abs(bottom - box.y) < 2);
    const levels = [1, 2, 3, 4, 5, 6, 7];
    const depth = levels.find((level) => Math.abs(startOf(rows, level) - box.x) < 1);
    assert.ok(afterRow >= 0 && depth !== undefined, `the line is at no gap: ${JSON.stringify(box)}`);
    return { afterRow, depth };
  };
  return {
    atDrop: async (rows) => read((await noted.jsonValue()).dropped, rows),
    async next(rows) {
      await twoFrames(page);
      return read((await noted.jsonValue()).painted, rows);
    },
  };
}

/** Waits until two frames were begun: all that was done before is painted then. */
export async function twoFrames(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done(undefined)))),
  );
}

/** Presses the mouse on a row and lifts it. It is moved back to where it was pressed. */
export async function lift(tab: EditorTab, rows: readonly SeenRow[], key: string): Promise<void> {
  const row = rows.find((each) => each.key === key) ?? assert.fail(key);
  const { mouse } = tab.page;
  await mouse.move(row.start + 40, (row.top + row.bottom) / 2);
  await mouse.down();
  await mouse.move(row.start + 46, (row.top + row.bottom) / 2);
  await tab.outline.locator('.outline-view[data-dragging="true"]').waitFor();
}

/** Checks that a widget stands where a line was: so deep, and below the row that was above the line. */
export function assertLanded(
  before: readonly SeenRow[],
  after: readonly SeenRow[],
  key: string,
  { afterRow, depth }: PaintedLine,
): void {
  const told = `${key} after ${before[afterRow]?.key} at ${depth}, in\n${linesOf(before)}\nbecame\n${linesOf(after)}`;
  const from = before.findIndex((row) => row.key === key);
  const moved = new Set(before.slice(from, endOf(before, from)).map((row) => row.key));
  const above = before.slice(0, afterRow + 1).findLast((row) => !row.isAdd && !moved.has(row.key));
  const at = after.findIndex((row) => row.key === key);
  assert.equal(after[at]?.level, depth, told);
  assert.equal(after.slice(0, at).findLast(({ isAdd }) => !isAdd)?.key, above?.key, told);
  const others = (rows: readonly SeenRow[]) => linesOf(rows.filter((row) => !moved.has(row.key)));
  assert.equal(others(after), others(before), told);
}

function endOf(rows: readonly SeenRow[], from: number): number {
  const level = rows[from]?.level ?? 0;
  const next = rows.findIndex((row, at) => at > from && row.level <= level);
  return next < 0 ? rows.length : next;
}

/** Numbers from 0 to 1 that look like chance, always the same ones (mulberry32). */
export function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** Waits until screen readers are told a text, and nothing else. */
export async function said(page: Page, text: string, told = text): Promise<void> {
  const region = page.locator('.hidden-text[role="status"]');
  const isSaid = async () => (await region.textContent()) === text;
  for (let turn = 0; turn < 100; turn += 1) {
    if (await isSaid()) return;
    await twoFrames(page);
  }
  assert.equal(await region.textContent(), text, told);
}

/** The ids of all widgets of a tree, in the order of the page. */
export function idsIn(tree: Tree): readonly string[] {
  const ids: string[] = [];
  const look = [tree.root];
  for (let next = look.pop(); next !== undefined; next = look.pop()) {
    ids.push(next.id);
    look.push(...next.children.toReversed());
  }
  return ids;
}

/** Checks which row the keyboard is on, and what is selected, in the order of the page. */
export async function assertOn(
  tab: EditorTab,
  active: string,
  selected: string,
  told: string,
): Promise<void> {
  const tree = tab.outline.getByRole('tree');
  const now = await tree.evaluate((element) => {
    const id = element.getAttribute('aria-activedescendant') ?? '';
    const keyOf = (row: Element | null) => row?.getAttribute('data-key') ?? '';
    const rows = [...element.querySelectorAll('[aria-selected="true"]')];
    const top = (row: Element) => row.getBoundingClientRect().top;
    return [
      keyOf(document.getElementById(id)),
      rows
        .toSorted((a, b) => top(a) - top(b))
        .map(keyOf)
        .join(' '),
    ];
  });
  assert.deepEqual(now, [active, selected], told);
}

/** The role of what has the focus, or its tag. */
export async function focused(page: Page): Promise<string> {
  return await page.evaluate(() => {
    const { activeElement } = document;
    return activeElement?.getAttribute('role') ?? activeElement?.tagName ?? '';
  });
}

/** Whether what has the focus is the tree, or in it. */
export async function isInTree(page: Page): Promise<boolean> {
  return await page.evaluate(() => document.activeElement?.closest('[role="tree"]') !== null);
}
