import { batch } from '@preact/signals';
import type { Operation } from '../../tree/operation.ts';
import type { StepLabel } from '../draft/index.ts';
import type { Session } from '../session/session.ts';
import { forbiddenType } from './permissions.ts';
import { type CommandRefusal, type Done, notPermitted, sentenceOf } from './refusal.ts';

/** What is to be done as one step. */
export interface Act {
  readonly label: StepLabel;
  readonly operations: readonly Operation[];
  /** The widgets that are selected then; the last one is the one whose form is shown. */
  readonly select: readonly string[];
  /** What a screen reader says, made when it is done. */
  readonly say: () => string;
}

/**
 * Does operations as one step, if the rules and the permissions allow all of them; then selects and announces. What is refused is announced
 * too, and changes nothing.
 */
export function act(session: Session, { label, operations, select, say }: Act): Done {
  const tree = session.tree.value;
  for (const operation of operations) {
    const type = forbiddenType(session, tree, operation);
    if (type !== undefined) return refused(session, notPermitted(type));
  }
  return batch(() => {
    const edited = session.edit(label, operations);
    if (!edited.ok) return refused(session, edited.refusal);
    session.selection.value = { ids: select, anchor: select.at(-1) };
    session.announcement.value = say();
    return { ok: true, ids: select };
  });
}

/** Announces why nothing is done. */
export function refused(session: Session, refusal: CommandRefusal): Done {
  session.announcement.value = sentenceOf(refusal, session);
  return { ok: false, refusal };
}
