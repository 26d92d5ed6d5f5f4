import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { CompressorError } from '../errors.ts';
import type { Storage } from '../storage/storage.ts';

/** Whoever deletes has this in the storage meanwhile. */
const LOCK = 'gc.lock';

/** A lock this old was left behind by a process that ended. Whoever has one makes it young again in time; milliseconds. */
export const LOCK_LEASE = 10 * 60_000;

/** Time to waste between two looks at a lock, in milliseconds. */
const PAUSE = 500;

/** A lock that somebody has. */
export interface Lock {
  /** When it was taken, by the clock of the storage. */
  readonly taken: Date;
  /**
   * To be called before each deletion: renews the lock where that is due.
   *
   * @throws CompressorError `gc-running` if it ran out, or somebody else has it
   */
  renew(): Promise<void>;
  release(): Promise<void>;
}

/**
 * Takes the lock of a storage for deleting.
 *
 * @throws CompressorError `gc-running`
 */
export async function takeLock(storage: Storage): Promise<Lock> {
  const token = randomUUID();
  if (!(await storage.write(LOCK, Buffer.from(token)))) {
    if (await isHeld(storage)) throw running('another process collects in this storage');
    await storage.remove(LOCK);
    if (!(await storage.write(LOCK, Buffer.from(token)))) {
      throw running('another process collects in this storage');
    }
  }
  const taken = (await storage.stat(LOCK))?.modified;
  if (taken === undefined) throw running('another process collects in this storage');
  let renewed = Date.now();
  return {
    taken,
    async renew() {
      const age = Date.now() - renewed;
      if (age < LOCK_LEASE / 4) return;
      const isMine = (await storage.read(LOCK))?.toString() === token;
      if (age >= LOCK_LEASE || !isMine) throw running('collecting took longer than its lock');
      await storage.touch(LOCK);
      renewed = Date.now();
    },
    async release() {
      if ((await storage.read(LOCK))?.toString() === token) await storage.remove(LOCK);
    },
  };
}

/**
 * Waits until nobody deletes in a storage.
 *
 * @param onWait told once, if there is something to wait for
 */
export async function untilUnlocked(
  storage: Storage,
  onWait: () => void,
  pause = () => sleep<unknown>(PAUSE),
): Promise<void> {
  if (!(await isHeld(storage))) return;
  onWait();
  do await pause();
  while (await isHeld(storage));
}

async function isHeld(storage: Storage): Promise<boolean> {
  const lock = await storage.stat(LOCK);
  return lock !== undefined && Date.now() - lock.modified.getTime() < LOCK_LEASE;
}

function running(message: string): CompressorError {
  return new CompressorError('gc-running', { message });
}
