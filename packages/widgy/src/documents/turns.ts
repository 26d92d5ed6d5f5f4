/** Lets work on one thing be done one after the other, and on different things at once. */
export interface Turns {
  /** Does a piece of work when all that was asked for before, for the same thing, has ended. */
  take<T>(thing: string, work: () => Promise<T>): Promise<T>;
}

/** Makes turns; nothing is kept of things that nobody works on. */
export function createTurns(): Turns {
  const last = new Map<string, Promise<unknown>>();
  return {
    async take(thing, work) {
      const earlier = last.get(thing);
      const own = (async () => {
        // What became of the work before is for those who asked for it.
        await earlier?.catch(() => undefined);
        return await work();
      })();
      last.set(thing, own);
      try {
        return await own;
      } finally {
        if (last.get(thing) === own) last.delete(thing);
      }
    },
  };
}
