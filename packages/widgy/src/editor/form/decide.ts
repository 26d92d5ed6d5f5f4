import { batch } from '@preact/signals';
import type { Operation } from '../../tree/operation.ts';
import { type LocalConflict, operationsBesideClash } from '../draft/index.ts';
import type { Session } from '../session/session.ts';
import { namesOf } from '../words/index.ts';
import { openDecisions } from './clash.ts';
import { decisionOf, type FieldPlace } from './memory.ts';

/**
 * Notes that a field of a conflict is decided. Once all its fields are, what else the change wanted is done, and the conflict is settled.
 */
export function noteDecision({ session, memory, widget, field }: FieldPlace, conflict: LocalConflict): void {
  batch(() => {
    const decided = new Set(memory.decided.peek()).add(decisionOf(conflict.key, widget, field.name));
    if (openDecisions(conflict, decided).length > 0) {
      memory.decided.value = decided;
      return;
    }
    memory.decided.value = new Set([...decided].filter((each) => !each.startsWith(`${conflict.key} `)));
    doAgain(session, conflict, operationsBesideClash(conflict));
  });
}

/** Does what a conflict wanted, or part of it, and settles the conflict; where that is refused it stays, and the reason is said. */
export function doAgain(
  session: Session,
  conflict: LocalConflict,
  operations: readonly Operation[],
): boolean {
  const { words, catalogue, announcement } = session;
  const edited = operations.length === 0 ? { ok: true as const } : session.edit({ kind: 'set' }, operations);
  if (!edited.ok) {
    const why = words.errors.refusal(namesOf(edited.refusal, catalogue));
    announcement.value = words.conflicts.cannotSettle({ why });
    return false;
  }
  session.settle(conflict.key);
  return true;
}
