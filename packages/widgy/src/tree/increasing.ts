/**
 * Which of some different numbers are in a longest increasing run of them, gaps allowed: what may stay where it is when a list
 * is brought into another order by as few moves as can be.
 */
export function longestIncreasing(numbers: readonly number[]): ReadonlySet<number> {
  /** For each length the smallest number that a run of it can end with. */
  const ends: number[] = [];
  const before = new Map<number, number | undefined>();
  for (const number of numbers) {
    let low = 0;
    let high = ends.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((ends[middle] ?? number) < number) low = middle + 1;
      else high = middle;
    }
    before.set(number, ends[low - 1]);
    ends[low] = number;
  }
  const run = new Set<number>();
  for (let next = ends.at(-1); next !== undefined; next = before.get(next)) run.add(next);
  return run;
}
