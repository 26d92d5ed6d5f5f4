import type { Operation } from '../../tree/operation.ts';
import type { StepLabel } from './steps.ts';

/** Operations that were done in this tab, and that the server has not acknowledged yet: all of them are done, or none. */
export interface LocalEdit {
  readonly kind: 'edit';
  /** Under which it is sent, however often: the server does it once. */
  readonly key: string;
  /** The number of the step of this person that it belongs to. */
  readonly step: number;
  readonly operations: readonly Operation[];
}

/**
 * The wish to undo a change that the server has. What it comes to is for the server to say, who knows what others did since: until it is
 * acknowledged nothing is to be seen of it.
 */
export interface LocalUndo {
  readonly kind: 'undo';
  readonly key: string;
  readonly step: number;
  /** What the step did: it may be forgotten before the answer comes. */
  readonly label: StepLabel;
  readonly way: TurnWay;
  /** The number of the change. To redo, it is that of the undo. */
  readonly undoes: number;
}

/** Whether a step is taken back, or done again. */
export type TurnWay = 'undo' | 'redo';

/** What was done in this tab and waits for the server. */
export type LocalChange = LocalEdit | LocalUndo;

/** What a change does to the tree that this tab shows. */
export function operationsOf(change: LocalChange): readonly Operation[] {
  return change.kind === 'edit' ? change.operations : [];
}

/** A change of the draft as the server tells everybody. */
export interface HeardChange {
  readonly sequence: number;
  readonly operations: readonly Operation[];
  readonly author: string | null;
  /** What it came from: `edit`, `undo`, `reset`, `revert`, `restore`. */
  readonly kind: string;
  /** For an undo: the number of what it undoes. */
  readonly undoes: number | null;
}

/** That the server did a change of this tab. */
export interface Acknowledgement {
  readonly key: string;
  /** The number of the change; that of the draft where nothing was left to do. */
  readonly sequence: number;
  /** As they were done. Empty where nothing was left to do. */
  readonly operations: readonly Operation[];
}
