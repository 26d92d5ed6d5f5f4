import { operationsBetween } from '../../tree/diff-operations.ts';
import { conflictAbout } from './conflict.ts';
import { type DraftCopy, openCopy, withWaiting } from './draft-copy.ts';
import { hear } from './hear.ts';
import type { KeptDraft } from './kept.ts';
import type { HeardChange } from './local-change.ts';
import { rebaseWaiting, withoutChange } from './rebase-waiting.ts';

/**
 * The copy of a tab that is gone, with what was done since. Where a change was under way it still is: it is to be sent again, in the
 * same words and with the same key.
 *
 * @param since the changes from the log, in order, up to the one that is known here; those up to what was kept are passed over
 * @throws Error where some of them are missing
 */
export function resumeCopy(kept: KeptDraft, since: readonly HeardChange[]): DraftCopy {
  return since.reduce(hear, copyOf(kept));
}

/**
 * The copy of a tab that is gone, where the log does not reach back to it: what waited is rebased over all that is different now. What
 * was under way and is not to be found in the draft becomes a conflict, since nobody can say whether it was done and undone.
 *
 * @param now the draft as the server has it, with nothing that waits
 */
export function rescueCopy(now: DraftCopy, kept: KeptDraft): DraftCopy {
  const old = { ...copyOf(kept), isUnderWay: false };
  const [first] = old.waiting;
  const difference = operationsBetween(kept.base, now.base);
  // Another root is another document: then there is nothing to rebase over, and what does not fit is told.
  const rebased = difference.ok
    ? rebaseWaiting(old.waiting, difference.operations, kept.base, null)
    : { waiting: old.waiting, conflicts: [] };
  const current = { ...now, conflicts: [...now.conflicts, ...old.conflicts] };
  if (!kept.isUnderWay || first === undefined) return withWaiting(current, rebased);
  const [sent, ...later] = rebased.waiting;
  if (sent?.key !== first.key) return withWaiting(current, rebased);
  const { left, needing } = withoutChange(now.base, sent, later);
  const uncertain = conflictAbout(sent, needing, { kind: 'uncertain' });
  return withWaiting(current, { waiting: left, conflicts: [...rebased.conflicts, uncertain] });
}

function copyOf({ sequence, base, waiting, isUnderWay, conflicts }: KeptDraft): DraftCopy {
  const copy = withWaiting(openCopy(sequence, base), { waiting, conflicts });
  return {
    ...copy,
    isUnderWay: isUnderWay && copy.waiting[0]?.key === waiting[0]?.key && waiting.length > 0,
  };
}
