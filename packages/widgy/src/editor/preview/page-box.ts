/** Where something is seen, in CSS pixels: of the whole page, or of the part of it that is in view. */
export interface PageBox {
  readonly left: number;
  readonly top: number;
  readonly right: number;
  readonly bottom: number;
}

/** The smallest box around some; undefined around none. */
export function boxAround(boxes: readonly PageBox[]): PageBox | undefined {
  const [first] = boxes;
  if (first === undefined) return undefined;
  return boxes.reduce(
    (around, { left, top, right, bottom }) => ({
      left: Math.min(around.left, left),
      top: Math.min(around.top, top),
      right: Math.max(around.right, right),
      bottom: Math.max(around.bottom, bottom),
    }),
    first,
  );
}

/** A box that is moved. */
export function movedBox({ left, top, right, bottom }: PageBox, x: number, y: number): PageBox {
  return { left: left + x, top: top + y, right: right + x, bottom: bottom + y };
}

/** The same in other pixels. */
export function scaledBox({ left, top, right, bottom }: PageBox, scale: number): PageBox {
  return { left: left * scale, top: top * scale, right: right * scale, bottom: bottom * scale };
}

/** A box without a margin inside it. What is too small for that keeps a sliver in its middle. */
export function insetBox(box: PageBox, by: number): PageBox {
  return withinBox(
    { left: -Infinity, top: -Infinity, right: Infinity, bottom: Infinity },
    {
      left: box.left + by,
      top: box.top + by,
      right: box.right - by,
      bottom: box.bottom - by,
    },
  );
}

/** The part of a box that is in another; a sliver where there is none. */
export function withinBox(box: PageBox, outer: PageBox): PageBox {
  const [left, right] = between(box.left, box.right, outer.left, outer.right);
  const [top, bottom] = between(box.top, box.bottom, outer.top, outer.bottom);
  return { left, top, right, bottom };
}

function between(from: number, to: number, least: number, most: number): readonly [number, number] {
  const start = Math.max(from, least);
  const end = Math.min(to, most);
  if (start <= end) return [start, end];
  const middle = (start + end) / 2;
  return [middle, middle];
}

/** Pixels from a point to a box; 0 inside it. */
export function distanceTo({ left, top, right, bottom }: PageBox, x: number, y: number): number {
  return Math.hypot(Math.max(left - x, 0, x - right), Math.max(top - y, 0, y - bottom));
}

/** Whether the second of two siblings stands beside the first one, and not below it. */
export function isBeside(first: PageBox, second: PageBox): boolean {
  const common = Math.min(first.bottom, second.bottom) - Math.max(first.top, second.top);
  const lower = Math.min(first.bottom - first.top, second.bottom - second.top);
  const isApart = second.left >= first.right - 1 || first.left >= second.right - 1;
  return isApart && common > lower / 2;
}
