/** How much something weighs, in bytes. */
export interface Size {
  readonly raw: number;
  /** As it is sent to a browser that takes Brotli, which is plain where Brotli does not make it smaller. */
  readonly brotli: number;
  /** What somebody downloads who has the files of the previous release; null where there is no previous release. */
  readonly returning: number | null;
}

/** The sizes that can be compared. */
export const measures = ['brotli', 'raw', 'returning'] as const;

export type Measure = (typeof measures)[number];

/** All together. Nothing weighs nothing, to somebody who returns as well. */
export function sumOf(sizes: readonly Size[]): Size {
  const returning = sizes.map((size) => size.returning);
  return {
    raw: sizes.reduce((sum, size) => sum + size.raw, 0),
    brotli: sizes.reduce((sum, size) => sum + size.brotli, 0),
    returning: returning.reduce(
      (sum: number | null, one) => (sum === null || one === null ? null : sum + one),
      0,
    ),
  };
}

/**
 * Divides a size as the bytes of its shares are divided: compressed, a file has no parts of its own. The shares add up to
 * the size exactly.
 *
 * @param shares bytes, in any unit that adds up
 */
export function divide(size: Size, shares: readonly number[]): Size[] {
  const raw = divideNumber(size.raw, shares);
  const brotli = divideNumber(size.brotli, shares);
  const returning = size.returning === null ? undefined : divideNumber(size.returning, shares);
  return shares.map((_share, index) => ({
    raw: raw[index] ?? 0,
    brotli: brotli[index] ?? 0,
    returning: returning?.[index] ?? (size.returning === null ? null : 0),
  }));
}

/** Whole numbers that add up to the total: each boundary is rounded, not each share. */
function divideNumber(total: number, shares: readonly number[]): number[] {
  const whole = shares.reduce((sum, share) => sum + share, 0);
  let [passed, given] = [0, 0];
  return shares.map((share) => {
    passed += share;
    const upTo = whole === 0 ? 0 : Math.round((total * passed) / whole);
    const part = upTo - given;
    given = upTo;
    return part;
  });
}
