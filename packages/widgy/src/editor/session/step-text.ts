import type { StepLabel } from '../draft/index.ts';
import type { Words } from '../words/index.ts';

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
        ? steps.set({ what, field: told.field })
        : steps.setMany({ what });
  }
}
