import type { StepLabel, TurnedRound, TurnWay } from '../draft/index.ts';
import type { Words } from '../words/index.ts';

/** What is said when somebody wanted to take back the last step, or to do it again. */
export function turnedText(words: Words, way: TurnWay, turned: TurnedRound): string {
  const { undo } = words;
  switch (turned.kind) {
    case 'nothing':
      return way === 'undo' ? undo.nothingToUndo : undo.nothingToRedo;
    case 'under-way':
      return undo.waits;
    case 'needed':
    case 'refused':
      return notTurnedText(words, way, turned.step.label);
    case 'done': {
      const step = stepText(words, turned.step.label);
      return way === 'undo' ? undo.undone({ step }) : undo.redone({ step });
    }
  }
}

/** That a step was not taken back, or not done again, because of what somebody else has done since. */
export function notTurnedText(words: Words, way: TurnWay, label: StepLabel): string {
  const step = stepText(words, label);
  return way === 'undo' ? words.undo.refused({ step }) : words.undo.redoRefused({ step });
}

/** What a step did, as undo and redo call it: `moving Heading`. */
export function stepText({ steps }: Words, { kind, ...told }: StepLabel): string {
  const what = typeof told.what === 'string' ? told.what : '';
  const count = typeof told.count === 'number' ? told.count : 1;
  const some = { what, count };
  switch (kind) {
    case 'insert':
    case 'move':
    case 'remove':
    case 'duplicate':
    case 'cut':
    case 'paste':
      return steps[kind](some);
    case 'wrap':
      return steps.wrap({ ...some, wrapper: typeof told.wrapper === 'string' ? told.wrapper : '' });
    case 'unwrap':
    case 'restore':
    case 'settle':
    case 'share':
    case 'detach':
      return steps[kind]({ what });
    case 'discard':
      return steps.discard;
    default:
      return typeof told.field === 'string'
        ? steps.set({ ...some, field: told.field })
        : steps.setMany({ what });
  }
}
