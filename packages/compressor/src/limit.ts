/**
 * Does something for each item, so many at once, and gives the results in the order of the items. After a failure no other item
 * is begun, and what is under way has ended when the failure is told: nothing goes on behind the caller's back.
 *
 * @param width how many at once, 1 or more
 */
export async function mapLimited<T, R>(
  items: readonly T[],
  width: number,
  step: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const failures: unknown[] = [];
  const rest = items.entries();
  const work = async (): Promise<void> => {
    for (const [index, item] of rest) {
      if (failures.length > 0) return;
      try {
        results[index] = await step(item, index);
      } catch (error) {
        failures.push(error);
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, work));
  if (failures.length > 0) throw failures[0];
  return results;
}
