import type { ServerStorage } from './storage.ts';

/**
 * Lets nobody wait for a storage that just failed: for a moment, whoever asks gets the same failure at once. Reading and
 * writing are apart, since a server may have the right to one only.
 *
 * @param now a clock in milliseconds
 */
export function breakCircuit(
  storage: ServerStorage,
  now: () => number = () => performance.now(),
): ServerStorage {
  const read = breaker(now);
  const write = breaker(now);
  return {
    read: (name) => read(() => storage.read(name)),
    open: (name, range) => read(() => storage.open(name, range)),
    stat: (name) => read(() => storage.stat(name)),
    remove: (name) => write(() => storage.remove(name)),
    write: (name, content, modified) => write(() => storage.write(name, content, modified)),
  };
}

/** How long a storage that failed is left alone, in milliseconds. */
export const LEFT_ALONE = 5_000;

function breaker(now: () => number): <T>(step: () => Promise<T>) => Promise<T> {
  let failure: { readonly error: unknown; readonly until: number } | undefined;
  return async (step) => {
    if (failure !== undefined && now() < failure.until) throw failure.error;
    try {
      const result = await step();
      failure = undefined;
      return result;
    } catch (error) {
      failure = { error, until: now() + LEFT_ALONE };
      throw error;
    }
  };
}
