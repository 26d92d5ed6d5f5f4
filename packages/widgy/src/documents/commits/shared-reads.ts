/** Answers those who ask for the same thing at once together. */
export interface SharedReads<T> {
  /**
   * Reads a thing, once for all who have asked for it before the reading began: so everybody's answer was read after they asked, and a
   * page that many visitors ask for at once costs one reading.
   */
  read(thing: string, reading: () => Promise<T>): Promise<T>;
}

/** Makes shared reads; nothing is kept of what was read. */
export function createSharedReads<T>(): SharedReads<T> {
  const waiting = new Map<string, Promise<T>>();
  return {
    read(thing, reading) {
      const known = waiting.get(thing);
      if (known !== undefined) return known;
      // Requests that have arrived already are handled before this.
      const begun = new Promise<void>((resolve) => setImmediate(resolve));
      const answer = begun.then(() => {
        waiting.delete(thing);
        return reading();
      });
      waiting.set(thing, answer);
      return answer;
    },
  };
}
