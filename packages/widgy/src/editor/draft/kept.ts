import { NO_LIMITS } from '../../tree/limits.ts';
import { formatOperation, type Operation } from '../../tree/operation.ts';
import { parseTree } from '../../tree/parse.ts';
import { isPlainObject } from '../../tree/problems.ts';
import type { Tree } from '../../tree/tree.ts';
import type { LocalConflict } from './conflict.ts';
import type { DraftCopy } from './draft-copy.ts';
import { type LocalChange, operationsOf } from './local-change.ts';
import { readChange, readConflict } from './read-kept.ts';
import { isCount, parsedJson, readAll } from './read-plain.ts';
import { readSteps } from './read-steps.ts';
import type { Step, StepChange, Steps } from './steps.ts';
import { treeText } from './tree-text.ts';

/** What a tab keeps on the device, so that nothing is lost with it. */
export interface KeptDraft {
  readonly sequence: number;
  readonly base: Tree;
  readonly waiting: readonly LocalChange[];
  /** Whether the first of what waits may have been done by the server. */
  readonly isUnderWay: boolean;
  readonly conflicts: readonly LocalConflict[];
  readonly steps: Steps;
}

/** What is to be kept of a copy. What was heard is read from the log again. */
export function keptOf(copy: DraftCopy, steps: Steps): KeptDraft {
  const { sequence, base, waiting, isUnderWay, conflicts } = copy;
  return { sequence, base, waiting, isUnderWay, conflicts, steps };
}

/** The JSON of what is kept. Of the tree only what is another than before is written anew, so that keeping costs what waits. */
export function formatKept({ sequence, base, waiting, isUnderWay, conflicts, steps }: KeptDraft): string {
  const rest = JSON.stringify({
    format: FORMAT,
    sequence,
    isUnderWay,
    waiting: waiting.map(changeJson),
    conflicts: conflicts.map((conflict) => ({ ...conflict, changes: conflict.changes.map(changeJson) })),
    steps: { done: steps.done.map(stepJson), undone: steps.undone.map(stepJson) },
  });
  return `{"base":${treeText(base)},${rest.slice(1)}`;
}

/** Another one where what is kept has another form. */
const FORMAT = 1;

function changeJson(change: LocalChange) {
  return change.kind === 'undo' ? change : { ...change, operations: operationsJson(operationsOf(change)) };
}

function stepJson(step: Step) {
  return { ...step, changes: step.changes.map(stepChangeJson) };
}

function stepChangeJson(change: StepChange) {
  return change.kind === 'taken-back' ? { ...change, operations: operationsJson(change.operations) } : change;
}

/** Texts in a text: the canonical form of an operation is its own. */
function operationsJson(operations: readonly Operation[]): readonly string[] {
  return operations.map(formatOperation);
}

/** Reads what was kept; undefined where it is of another form, or was changed by somebody. */
export function parseKept(text: string): KeptDraft | undefined {
  const value = parsedJson(text);
  if (!isPlainObject(value) || value.format !== FORMAT) return undefined;
  const { sequence, isUnderWay } = value;
  const base = parseTree(value.base, NO_LIMITS);
  const waiting = readAll(value.waiting, readChange);
  const conflicts = readAll(value.conflicts, readConflict);
  const steps = readSteps(value.steps);
  const isWhole = isCount(sequence) && typeof isUnderWay === 'boolean' && base.ok;
  if (!isWhole || waiting === undefined || conflicts === undefined || steps === undefined) return undefined;
  return { sequence, base: base.value, waiting, isUnderWay, conflicts, steps };
}
