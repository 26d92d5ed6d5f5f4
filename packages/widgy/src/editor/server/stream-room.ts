import { hasLocks, takeLock } from './locks.ts';

/**
 * Streams that the tabs of one browser hold open at once. Over HTTP/1.1 a browser has six connections to a server, for all of its tabs: with a
 * stream in each of six tabs, none of them could load or save anything.
 */
const LASTING_STREAMS = 3;

/** Milliseconds that a stream is open for which there is no room: its tab is told what is new, and closes it again. */
export const BRIEF_MS = 1_000;

/**
 * Takes room for a stream that lasts, of what all tabs of this browser share; gives what leaves it again, or undefined where they have all there
 * is. Where a browser has no locks there is no way to share, and always room.
 */
export async function takeRoom(): Promise<(() => void) | undefined> {
  if (!hasLocks()) return () => undefined;
  for (let at = 0; at < LASTING_STREAMS; at++) {
    const leave = await takeLock(`widgy-stream:${at}`);
    if (leave !== undefined) return leave;
  }
  return undefined;
}
