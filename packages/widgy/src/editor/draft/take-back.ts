import type { Operation } from '../../tree/operation.ts';
import { type DraftCopy, isUnderWay, withWaiting } from './draft-copy.ts';
import { operationsOf } from './local-change.ts';
import { withoutChange } from './rebase-waiting.ts';
import { replay } from './replay.ts';

/** What came of taking a change back that was not sent. */
export type TakenBack =
  | {
      readonly ok: true;
      readonly copy: DraftCopy;
      /** What does it again. */
      readonly again: readonly Operation[];
    }
  | {
      readonly ok: false;
      /** It does not wait, or may be with the server already; or later changes cannot be done without it. */
      readonly because: 'absent' | 'under-way' | 'needed';
    };

/** Takes a change back that was not sent yet, from under those that were made after it. Where one of them needs it, nothing is taken back. */
export function takeBackUnsent(copy: DraftCopy, key: string): TakenBack {
  const at = copy.waiting.findIndex((change) => change.key === key);
  const change = copy.waiting[at];
  if (change === undefined) return { ok: false, because: 'absent' };
  if (isUnderWay(copy, key)) return { ok: false, because: 'under-way' };
  const earlier = copy.waiting.slice(0, at);
  const before = replay(copy.base, earlier.flatMap(operationsOf));
  const { left, needing, again } = withoutChange(before, change, copy.waiting.slice(at + 1));
  if (needing.length > 0) return { ok: false, because: 'needed' };
  return { ok: true, copy: withWaiting(copy, { waiting: [...earlier, ...left], conflicts: [] }), again };
}
