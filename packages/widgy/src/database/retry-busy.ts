import { setTimeout } from 'node:timers/promises';
import { hasCode } from '../errors.ts';
import { BUSY_PAUSE_MS } from './database.ts';

/**
 * Does something again for as long as others are in its way, with growing pauses; in the end it fails with
 * `database-busy`.
 *
 * @param retryFor after so many milliseconds it is not tried again
 */
export async function retryBusy<T>(retryFor: number, work: () => T | Promise<T>): Promise<T> {
  const end = performance.now() + retryFor;
  for (let pause = BUSY_PAUSE_MS / 100; ; pause = Math.min(2 * pause, BUSY_PAUSE_MS)) {
    try {
      return await work();
    } catch (error) {
      if (!hasCode(error, 'database-busy') || performance.now() >= end) throw error;
    }
    // By chance, so that those who met do not meet again.
    await setTimeout(pause * (0.5 + Math.random() / 2));
  }
}
