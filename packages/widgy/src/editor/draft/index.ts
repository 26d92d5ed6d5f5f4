/**
 * The copy of a draft that a tab works on, as values and pure functions: what was done here and waits for the server, what others did,
 * what cannot be done together, and what can be taken back. Nothing here reads a clock, chance, the network or the page.
 */
export { acknowledge } from './acknowledge.ts';
export {
  type LocalConflict,
  operationsBesideClash,
  settleConflict,
  wantedOperations,
} from './conflict.ts';
export type {
  ConflictReason,
  FieldClash,
  Theirs,
  ToldFieldError,
  ToldRefusal,
} from './conflict-reason.ts';
export {
  changeToSend,
  type DraftCopy,
  isUnderWay,
  lastKnown,
  openCopy,
  startSending,
} from './draft-copy.ts';
export { type EditedCopy, edit, requestUndo, type WantedEdit } from './edit.ts';
export { hear } from './hear.ts';
export { formatKept, type KeptDraft, keptOf, parseKept } from './kept.ts';
export type {
  Acknowledgement,
  HeardChange,
  LocalChange,
  LocalEdit,
  LocalUndo,
  TurnWay,
} from './local-change.ts';
export { reasonOfProblem, type ToldProblem } from './problem-reason.ts';
export { refuseFirst } from './refuse.ts';
export { rescueCopy, resumeCopy } from './resume.ts';
export {
  forgetLost,
  MAX_STEPS,
  NO_STEPS,
  nextRedo,
  nextUndo,
  numberChange,
  type RecordedStep,
  recordStep,
  redone,
  type Step,
  type StepChange,
  type StepLabel,
  type Steps,
  undone,
} from './steps.ts';
export { type TakenBack, takeBackUnsent } from './take-back.ts';
export { redoStep, type TurnedRound, type TurnOptions, undoStep } from './turn-round.ts';
