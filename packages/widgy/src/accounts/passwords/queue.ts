/** Does work in the order in which it was asked for, so much of it at once. */
export interface Queue {
  /** Does a piece of work, after those before it; undefined, and nothing is done, when too many wait. */
  run<T>(work: () => Promise<T>): Promise<T | undefined>;
}

/**
 * @param atOnce pieces of work that go on at the same time, 1 or more
 * @param waiting pieces that may wait beside them
 */
export function createQueue(atOnce: number, waiting: number): Queue {
  const waiters: (() => void)[] = [];
  let going = 0;
  return {
    async run(work) {
      if (going >= atOnce) {
        if (waiters.length >= waiting) return undefined;
        // Whoever ends hands over its place: it is never free for those who come meanwhile.
        await new Promise<void>((resolve) => waiters.push(resolve));
      } else {
        going += 1;
      }
      try {
        return await work();
      } finally {
        const next = waiters.shift();
        if (next === undefined) going -= 1;
        else next();
      }
    },
  };
}
