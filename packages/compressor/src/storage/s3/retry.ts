import { setTimeout as sleep } from 'node:timers/promises';
import { isTransient } from './s3-error.ts';

/**
 * Does something again while it fails for reasons that pass, with growing pauses. The SDK would repeat requests, but neither
 * those whose content is a stream nor those whose answer breaks off; so whole steps are repeated here, and the SDK repeats nothing.
 *
 * @param attempts how often it is tried, 1 or more
 */
export async function withRetries<T>(attempts: number, step: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await step();
    } catch (error) {
      if (attempt >= attempts || !isTransient(error)) throw error;
      await sleep(pause(attempt, Math.random()));
    }
  }
}

/**
 * How long to wait after an attempt that failed, in milliseconds: twice as long each time, and not the same for all servers
 * that were refused together.
 *
 * @param attempt from 1
 * @param chance from 0 to below 1
 */
export function pause(attempt: number, chance: number): number {
  const longest = Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (attempt - 1));
  return (longest * (1 + chance)) / 2;
}

/** In milliseconds. */
export const FIRST_PAUSE = 100;

/** In milliseconds. */
export const LONGEST_PAUSE = 5_000;
