/** Whether this browser has locks here: it has them for `https:` and for this very machine only. */
export function hasLocks(): boolean {
  return 'locks' in navigator;
}

/**
 * Takes a lock that nobody has, and holds it until what this resolves to is called, or the tab is gone; undefined where somebody has it. Other
 * tabs of the same browser cannot have it meanwhile.
 */
export function takeLock(name: string): Promise<(() => void) | undefined> {
  return new Promise((resolve, reject) => {
    navigator.locks
      .request(name, { ifAvailable: true }, (lock) => {
        if (lock === null) return resolve(undefined);
        return new Promise<void>((release) => resolve(release));
      })
      .catch(reject);
  });
}
