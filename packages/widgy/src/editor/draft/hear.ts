import { finishAnswer } from './acknowledge.ts';
import { type DraftCopy, lastKnown } from './draft-copy.ts';
import type { HeardChange } from './local-change.ts';
import { meet } from './meet.ts';
import { nameTheirs } from './name-theirs.ts';

/**
 * Takes notice of a change that the server tells, this tab's own among them. While a change of this tab is under way it is put aside, since
 * only the answer says which of those it hears is its own; otherwise it is applied, and what waits is rebased over it.
 *
 * A change that is known already changes nothing.
 *
 * @throws Error where changes before it were not heard: the caller reads them from the log first
 */
export function hear(copy: DraftCopy, change: HeardChange): DraftCopy {
  const known = lastKnown(copy);
  if (change.sequence <= known) return copy;
  if (change.sequence > known + 1) {
    throw new Error(`The change ${change.sequence} was heard after ${known}, and not those between.`);
  }
  const named = { ...copy, conflicts: nameTheirs(copy.conflicts, change) };
  return copy.isUnderWay ? finishAnswer({ ...named, heard: [...copy.heard, change] }) : meet(named, change);
}
