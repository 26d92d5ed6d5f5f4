/**
 * Does something for each item, so many at once, and gives the results in the order of the items.
 *
 * @param width how many at once, 1 or more
 */
export async function mapLimited<T, R>(
  items: readonly T[],
  width: number,
  step: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  const results: R[] = [];
  const rest = items.entries();
  const work = async (): Promise<void> => {
    for (const [index, item] of rest) results[index] = await step(item, index);
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, work));
  return results;
}
