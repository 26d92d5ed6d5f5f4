import { type Signal, signal } from '@preact/signals';
import { refuse } from '../../tree/refusal.ts';
import type { Tree } from '../../tree/tree.ts';
import type { Session } from './session.ts';

/** A session that shows an older version in the place of the draft, to be looked at only: it shares what is selected, and nothing can be done to it. */
export function sessionOfVersion(session: Session, version: Tree): Session {
  const tree = signal(version);
  const never = (): Signal<undefined> => signal(undefined);
  const { words, catalogue, newId, state, saving, selection, announcement } = session;
  return {
    ...{ words, catalogue, newId, state, saving, selection, announcement, tree },
    data: { ...session.data, mayEdit: false },
    acknowledged: signal({ sequence: session.acknowledged.peek().sequence, tree: version }),
    ...{ conflicts: signal([]), people: signal([]), lostLinks: signal(new Map()) },
    ...{ canUndo: never(), canRedo: never() },
    edit: () => refuse('tree-frozen', 'a version cannot be changed'),
    record: () => undefined,
    undo: async () => undefined,
    redo: async () => undefined,
    settle: () => undefined,
    flush: () => session.flush(),
  };
}
