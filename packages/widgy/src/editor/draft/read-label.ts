import type { TurnWay } from './local-change.ts';
import { readJsonObject } from './read-plain.ts';
import type { StepLabel } from './steps.ts';

/** Reads what a step did. */
export function readLabel(value: unknown): StepLabel | undefined {
  const label = readJsonObject(value);
  return label !== undefined && typeof label.kind === 'string' ? { ...label, kind: label.kind } : undefined;
}

/** Whether a value says which way a step is turned round. */
export function isWay(value: unknown): value is TurnWay {
  return value === 'undo' || value === 'redo';
}
