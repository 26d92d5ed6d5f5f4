import type { TreeLimits } from '../../tree/limits.ts';
import type { Catalogue } from '../../tree/rules/catalogue.ts';
import type { IdMaker } from '../../tree/widget.ts';
import type { ToldRefusal } from './conflict-reason.ts';
import { type DraftCopy, isUnderWay } from './draft-copy.ts';
import { edit, requestUndo } from './edit.ts';
import type { TurnWay } from './local-change.ts';
import { nextRedo, nextUndo, redone, type Step, type StepChange, type Steps, undone } from './steps.ts';
import { takeBackUnsent } from './take-back.ts';

/** What came of undoing or redoing a step. */
export type TurnedRound =
  | { readonly kind: 'done'; readonly step: Step; readonly copy: DraftCopy; readonly steps: Steps }
  /** There is no such step. */
  | { readonly kind: 'nothing' }
  /** A change of it is under way: once its number is known, the same can be asked again. */
  | { readonly kind: 'under-way'; readonly key: string }
  /** Later changes, which wait as well, need what would be taken back. */
  | { readonly kind: 'needed'; readonly step: Step }
  /** A rule is against doing it again. */
  | { readonly kind: 'refused'; readonly step: Step; readonly refusal: ToldRefusal };

/** What redoing needs, which may do operations again. */
export interface TurnOptions {
  readonly catalogue: Catalogue;
  readonly limits: TreeLimits;
  readonly newKey: IdMaker;
}

/** Undoes the newest step: what was not sent is taken back here, and the server is asked to undo the rest. All of it, or nothing. */
export function undoStep(copy: DraftCopy, steps: Steps, options: TurnOptions): TurnedRound {
  return turn(copy, nextUndo(steps), 'undo', options, (changes) => undone(steps, changes));
}

/** Redoes the step that was undone last, in the same way: the server is asked to undo the undo. */
export function redoStep(copy: DraftCopy, steps: Steps, options: TurnOptions): TurnedRound {
  return turn(copy, nextRedo(steps), 'redo', options, (changes) => redone(steps, changes));
}

function turn(
  start: DraftCopy,
  step: Step | undefined,
  way: TurnWay,
  { catalogue, limits, newKey }: TurnOptions,
  finish: (changes: readonly StepChange[]) => Steps,
): TurnedRound {
  if (step === undefined) return { kind: 'nothing' };
  for (const change of step.changes) {
    if (change.kind === 'waiting' && isUnderWay(start, change.key))
      return { kind: 'under-way', key: change.key };
  }
  let copy = start;
  const changes: StepChange[] = [];
  const ask = (undoes: number): void => {
    const key = newKey();
    copy = requestUndo(copy, { key, step: step.number, label: step.label, way, undoes });
    changes.push({ kind: 'waiting', key });
  };
  for (const change of step.changes.toReversed()) {
    if (change.kind === 'done') ask(change.sequence);
    else if (change.kind === 'taken-back') {
      const { operations } = change;
      const edited = edit(copy, catalogue, limits, { key: newKey(), step: step.number, operations });
      if (!edited.ok) return { kind: 'refused', step, refusal: edited.refusal };
      copy = edited.copy;
      if (edited.key !== undefined) changes.push({ kind: 'waiting', key: edited.key });
    } else {
      const waiting = copy.waiting.find(({ key }) => key === change.key);
      const taken = takeBackUnsent(copy, change.key);
      if (waiting === undefined || (!taken.ok && taken.because === 'absent')) continue;
      if (!taken.ok) return { kind: 'needed', step };
      copy = taken.copy;
      // A wish to undo that was never sent leaves the change as it was.
      if (waiting.kind === 'undo') changes.push({ kind: 'done', sequence: waiting.undoes });
      else if (taken.again.length > 0) changes.push({ kind: 'taken-back', operations: taken.again });
    }
  }
  return { kind: 'done', step, copy, steps: finish(withoutTwice(changes)) };
}

/** Edits that became one change are told once. */
function withoutTwice(changes: readonly StepChange[]): readonly StepChange[] {
  const keys = new Set<string>();
  return changes.filter((change) => {
    if (change.kind !== 'waiting') return true;
    const isNew = !keys.has(change.key);
    keys.add(change.key);
    return isNew;
  });
}
