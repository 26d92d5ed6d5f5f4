/** A size, and what it costs. */
export type Point = readonly [size: number, cost: number];

/**
 * The exponent of the power of the size that the costs follow best: 1 where twice the size costs twice as much, 0 where it costs the
 * same. It is the slope of the line through the logarithms (least squares).
 */
export function growthOf(points: readonly Point[]): number {
  const logs = points.map(([size, cost]) => [Math.log(size), Math.log(cost)] as const);
  const meanX = mean(logs.map(([x]) => x));
  const meanY = mean(logs.map(([, y]) => y));
  const above = logs.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0);
  return above / logs.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
