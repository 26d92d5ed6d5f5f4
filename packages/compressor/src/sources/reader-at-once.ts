import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { contentHash } from '../hash.ts';
import type { Snapshot } from './reader.ts';

/**
 * Reads a small file while the process waits. Undefined for all that takes more: patience with something large, another
 * attempt because it changes, or an error to say so.
 *
 * @param limit largest file that may be read, in bytes
 */
export function readAtOnce(path: string, limit: number): Snapshot | undefined {
  let file: number | undefined;
  try {
    // Whatever stands there now must not make the process wait.
    file = openSync(path, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const before = fstatSync(file);
    // Some file systems call files empty that are not.
    if (!before.isFile() || before.size === 0 || before.size > Math.min(limit, MOST_BYTES)) return undefined;
    // Memory of its own: a part of a larger piece would keep all of that.
    const bytes = Buffer.allocUnsafeSlow(before.size);
    const isWhole = readSync(file, bytes) === before.size;
    const after = fstatSync(file);
    if (!isWhole || after.size !== before.size || after.ctimeMs !== before.ctimeMs) return undefined;
    return { path, bytes, hash: contentHash(bytes), changed: after.ctimeMs };
  } catch {
    return undefined;
  } finally {
    if (file !== undefined) closeSync(file);
  }
}

/** Larger files are not read while the process waits, in bytes. */
const MOST_BYTES = 1024 * 1024;
