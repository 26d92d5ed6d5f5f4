import assert from 'node:assert/strict';
import type { JSHandle, Page } from 'playwright-core';
import type { EditorTab } from './editor-tab.ts';
import { linesOf, type SeenRow } from './outline-fixture.ts';
import { twoFrames } from './page-state.ts';

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
