/** A rectangle in pixels. */
export interface Rectangle {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/**
 * Divides a rectangle into one for each weight, with areas in proportion and as close to squares as may be: the squarified
 * treemap of Bruls, Huizing and van Wijk.
 *
 * @param weights zero or more each, the largest first
 */
export function squarify(weights: readonly number[], whole: Rectangle): Rectangle[] {
  const rectangles: Rectangle[] = [];
  let rest = whole;
  let total = sum(weights);
  for (let start = 0; start < weights.length; ) {
    const scale = total > 0 ? (rest.width * rest.height) / total : 0;
    const side = Math.min(rest.width, rest.height);
    let end = start + 1;
    let worst = worstRatio(weights.slice(start, end), side, scale);
    while (end < weights.length) {
      const next = worstRatio(weights.slice(start, end + 1), side, scale);
      if (next > worst) break;
      worst = next;
      end += 1;
    }
    const row = weights.slice(start, end);
    const isLast = end === weights.length;
    const placed = placeRow(row, rest, total, isLast);
    rectangles.push(...placed.rectangles);
    rest = placed.rest;
    total -= sum(row);
    start = end;
  }
  return rectangles;
}

/** How far the worst rectangle of a row is from a square: 1 is one, more is worse. */
function worstRatio(row: readonly number[], side: number, scale: number): number {
  const area = sum(row) * scale;
  const depth = side === 0 ? 0 : area / side;
  if (depth === 0) return Number.POSITIVE_INFINITY;
  return Math.max(
    ...row.map((weight) => {
      const length = (weight * scale) / depth;
      return length === 0 ? Number.POSITIVE_INFINITY : Math.max(length / depth, depth / length);
    }),
  );
}

/** Lays a row along the shorter side. */
function placeRow(
  row: readonly number[],
  { x, y, width, height }: Rectangle,
  total: number,
  isLast: boolean,
): { rectangles: Rectangle[]; rest: Rectangle } {
  const whole = sum(row);
  const share = isLast ? 1 : whole / total;
  const isUpright = width >= height;
  const depth = (isUpright ? width : height) * share;
  let passed = 0;
  const rectangles = row.map((weight) => {
    const from = whole === 0 ? 0 : passed / whole;
    passed += weight;
    const to = whole === 0 ? 0 : passed / whole;
    return isUpright
      ? { x, y: y + height * from, width: depth, height: height * (to - from) }
      : { x: x + width * from, y, width: width * (to - from), height: depth };
  });
  const rest = isUpright
    ? { x: x + depth, y, width: width - depth, height }
    : { x, y: y + depth, width, height: height - depth };
  return { rectangles, rest };
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
