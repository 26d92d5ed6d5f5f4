import { type Signal, signal } from '@preact/signals';
import { isFromRight } from '../parts/nodes.ts';
import type { PointerAt } from './drag.ts';

/** Where things of the outline are, in CSS pixels: all rows have one height, so that only those that are seen need to be there. */
export interface Layout {
  readonly scrollTop: Signal<number>;
  /** The height of the list that is seen. */
  readonly viewHeight: Signal<number>;
  readonly width: Signal<number>;
  readonly rowHeight: Signal<number>;
  /** Pixels by which each level is further in. */
  readonly indent: Signal<number>;
  /** A point of the window in rows and levels, as `placeAt` takes it. */
  pointAt(at: PointerAt): { readonly y: number; readonly x: number };
  /** Whether a point is in the list, or so many pixels beside it. */
  isNear(at: PointerAt, distance: number): boolean;
  /** The edges of the list in the window. */
  top(): number;
  bottom(): number;
  scrollBy(distance: number): void;
  /** Will scroll as little as shows a row, so that the rows that are seen then are drawn at once. */
  reveal(row: number): void;
  /** Scrolls there, when they are drawn. */
  settle(): void;
  /** Where the gap below a row is, from the top of the list. */
  gapTop(row: number): number;
  /** Where rows of a level begin, from the side at which lines begin. */
  levelStart(level: number): number;
  /** Begins to measure the elements of the list. Returns what ends it. */
  watch(scroller: HTMLElement, content: HTMLElement, probe: HTMLElement): () => void;
}

/** Pixels before the first level. */
const START = 6;

/** Pixels that each level is further in where there is room. */
const INDENT = 16;

/** The room that the words of the deepest row have at least, in heights of a row, which grow with the letters. */
const WORDS = 5;

/** The indent at which rows so deep still have room for their words. */
export function indentFor(width: number, rowHeight: number, maxLevel: number): number {
  return Math.max(3, Math.min(INDENT, (width - WORDS * rowHeight) / Math.max(1, maxLevel)));
}

/** The layout before anything is measured: as a usual screen has it. */
export function createLayout(): Layout {
  let elements: { readonly scroller: HTMLElement; readonly content: HTMLElement } | undefined;
  let wanted: number | undefined;
  const scrollTop = signal(0);
  const viewHeight = signal(900);
  const width = signal(320);
  const rowHeight = signal(32);
  const indent = signal(INDENT);

  const rectOf = (which: 'scroller' | 'content'): DOMRect =>
    elements?.[which].getBoundingClientRect() ?? new DOMRect();

  return {
    ...{ scrollTop, viewHeight, width, rowHeight, indent },
    pointAt: ({ x, y }) => {
      const { top, left, right } = rectOf('content');
      const inside = elements !== undefined && isFromRight(elements.content) ? right - x : x - left;
      return { y: (y - top) / rowHeight.value, x: (inside - START) / indent.value + 1 };
    },
    isNear: ({ x, y }, distance) => {
      const { top, bottom, left, right } = rectOf('scroller');
      return x >= left - distance && x <= right + distance && y >= top - distance && y <= bottom + distance;
    },
    top: () => rectOf('scroller').top,
    bottom: () => rectOf('scroller').bottom,
    scrollBy: (distance) => {
      if (distance !== 0) elements?.scroller.scrollBy(0, distance);
    },
    reveal: (row) => {
      const top = row * rowHeight.value;
      const bottom = top + rowHeight.value;
      const isAbove = top < scrollTop.value;
      if (!isAbove && bottom <= scrollTop.value + viewHeight.value) return;
      wanted = isAbove ? top : bottom - viewHeight.value;
      scrollTop.value = wanted;
    },
    settle: () => {
      if (wanted === undefined || elements === undefined) return;
      elements.scroller.scrollTop = wanted;
      wanted = undefined;
    },
    gapTop: (row) => (row + 1) * rowHeight.value,
    levelStart: (level) => START + (level - 1) * indent.value,
    watch: (scroller, content, probe) => {
      elements = { scroller, content };
      const measure = (): void => {
        viewHeight.value = scroller.clientHeight;
        width.value = scroller.clientWidth;
        rowHeight.value = probe.getBoundingClientRect().height || rowHeight.value;
      };
      const observer = new ResizeObserver(measure);
      observer.observe(scroller);
      observer.observe(probe);
      measure();
      return () => {
        observer.disconnect();
        elements = undefined;
      };
    },
  };
}
