import { setImmediate } from 'node:timers/promises';
import { WidgyError } from '../errors.ts';
import type { Database } from './database.ts';
import { readGeneration } from './generation.ts';
import { systemTimers, type Timers } from './timers.ts';

/** How long a database may take to tell a generation, in milliseconds. */
export const GENERATION_MS = 1000;

/** How long a database that failed to tell it is left alone, in milliseconds. */
export const GENERATION_PAUSE_MS = 500;

/** Tells many requests the generation of a site. */
export interface GenerationReader {
  /**
   * The generation, from a statement that was begun after this was asked: what was written before is always in it. One statement is
   * under way at a time, and all who ask meanwhile share the one after it. While the database does not answer, it is asked again now
   * and then, and nobody waits for that.
   *
   * @throws WidgyError of the database; `database-unreachable` where it does not answer within {@link GENERATION_MS}
   */
  read(): Promise<number>;
}

/** Makes a reader of the generation of a site; see `readGeneration`. */
export function createGenerationReader(
  database: Database,
  site: string,
  timers: Timers = systemTimers,
): GenerationReader {
  const read = shareReadings(async () => {
    // SQLite answers at once. Where it is asked only when all that has arrived was seen, many requests share the answer.
    await setImmediate();
    return await readGeneration(database.kysely, site);
  }, timers);
  return {
    async read() {
      // A transaction sees what it began with, which is not what there is now.
      database.refuseInside();
      return await read();
    },
  };
}

/** A reading that has begun. */
interface Reading {
  readonly answer: Promise<number>;
  /** When it is answered, or may not be waited for any longer. It never fails. */
  readonly isOver: Promise<void>;
}

/** Shares readings as {@link GenerationReader.read} says. */
export function shareReadings(readNow: () => Promise<number>, timers: Timers): () => Promise<number> {
  let isUnderWay = false;
  let current: Reading | undefined;
  let next: Promise<number> | undefined;
  let failure: { readonly error: unknown; readonly at: number } | undefined;
  const failed = (error: unknown) => {
    failure = { error, at: timers.elapsed() };
  };

  const begin = (): Reading => {
    isUnderWay = true;
    const { promise: answer, resolve, reject } = Promise.withResolvers<number>();
    const stopWaiting = timers.after(GENERATION_MS, () => {
      const message = `the database did not answer within ${GENERATION_MS} ms`;
      const error = new WidgyError('database-unreachable', { message });
      failed(error);
      reject(error);
    });
    readNow().then(
      (generation) => {
        failure = undefined;
        isUnderWay = false;
        stopWaiting();
        resolve(generation);
      },
      (error: unknown) => {
        failed(error);
        isUnderWay = false;
        stopWaiting();
        reject(error);
      },
    );
    const over = () => {
      current = undefined;
    };
    current = { answer, isOver: answer.then(over, over) };
    return current;
  };

  return async () => {
    if (failure !== undefined) {
      const { error, at } = failure;
      // For those who ask later.
      if (!isUnderWay && timers.elapsed() - at >= GENERATION_PAUSE_MS) begin();
      throw error;
    }
    if (current === undefined) return await begin().answer;
    next ??= current.isOver.then(() => {
      next = undefined;
      if (failure !== undefined) throw failure.error;
      return begin().answer;
    });
    return await next;
  };
}
