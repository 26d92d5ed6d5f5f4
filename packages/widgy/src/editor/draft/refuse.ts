import { conflictAbout, type LocalConflict } from './conflict.ts';
import type { ConflictReason } from './conflict-reason.ts';
import { type DraftCopy, withWaiting } from './draft-copy.ts';
import { meet } from './meet.ts';
import { nameTheirs } from './name-theirs.ts';
import { withoutChange } from './rebase-waiting.ts';

/**
 * Takes the answer that the server refused the change under way: it becomes a conflict, with those that cannot be done without it, and the others go
 * on. Then what was put aside is met. A refusal of anything but the change under way changes nothing: it was taken before.
 */
export function refuseFirst(copy: DraftCopy, key: string, reason: ConflictReason): DraftCopy {
  const [first, ...rest] = copy.waiting;
  if (!copy.isUnderWay || first?.key !== key) return copy;
  const { left, needing } = withoutChange(copy.base, first, rest);
  const about: readonly LocalConflict[] = [conflictAbout(first, needing, reason)];
  const conflicts = copy.heard.reduce(nameTheirs, about);
  const settled = { ...copy, isUnderWay: false, answer: undefined, heard: [] };
  return copy.heard.reduce(meet, withWaiting(settled, { waiting: left, conflicts }));
}
