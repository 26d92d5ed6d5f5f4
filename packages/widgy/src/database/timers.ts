/** What waits and measures how long something took; tests have their own. Times are in milliseconds. */
export interface Timers {
  /** A clock that never goes back, from an unknown beginning. */
  elapsed(): number;
  /** Does something later, once; gives a function that prevents it. */
  after(milliseconds: number, step: () => void): () => void;
}

/** The timers of this process. */
export const systemTimers: Timers = {
  elapsed: () => performance.now(),
  after(milliseconds, step) {
    const timer = setTimeout(step, milliseconds);
    return () => clearTimeout(timer);
  },
};
