import { type DraftCopy, withWaiting } from './draft-copy.ts';
import type { HeardChange } from './local-change.ts';
import { rebaseWaiting } from './rebase-waiting.ts';
import { replay } from './replay.ts';

/** Applies the next change of the draft to the base, and rebases all that waits over it. Nothing is under way. */
export function meet(copy: DraftCopy, { sequence, operations, author }: HeardChange): DraftCopy {
  const base = replay(copy.base, operations);
  const rebased = rebaseWaiting(copy.waiting, operations, copy.base, { sequence, author });
  return withWaiting({ ...copy, sequence, base }, rebased);
}
