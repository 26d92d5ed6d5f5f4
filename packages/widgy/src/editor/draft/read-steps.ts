import { isPlainObject } from '../../tree/problems.ts';
import { readOperation } from './read-kept.ts';
import { readLabel } from './read-label.ts';
import { isCount, readAll } from './read-plain.ts';
import type { Step, StepChange, Steps } from './steps.ts';

/** Reads steps that were kept; undefined where they are not as they should be. */
export function readSteps(value: unknown): Steps | undefined {
  if (!isPlainObject(value)) return undefined;
  const done = readAll(value.done, readStep);
  const undone = readAll(value.undone, readStep);
  return done && undone && { done, undone };
}

function readStep(value: unknown): Step | undefined {
  if (!isPlainObject(value)) return undefined;
  const { number } = value;
  const label = readLabel(value.label);
  const changes = readAll(value.changes, readStepChange);
  if (!isCount(number) || label === undefined || changes === undefined) return undefined;
  return { number, label, changes };
}

function readStepChange(value: unknown): StepChange | undefined {
  if (!isPlainObject(value)) return undefined;
  const { kind, key, sequence } = value;
  switch (kind) {
    case 'waiting':
      return typeof key === 'string' ? { kind, key } : undefined;
    case 'done':
      return isCount(sequence) ? { kind, sequence } : undefined;
    case 'taken-back': {
      const operations = readAll(value.operations, readOperation);
      return operations && { kind, operations };
    }
    default:
      return undefined;
  }
}
