import type { Operation } from '../../tree/operation.ts';
import type { LocalConflict } from './conflict.ts';
import type { ConflictReason } from './conflict-reason.ts';
import type { HeardChange } from './local-change.ts';

/**
 * Says whose change a conflict is with, where the server refused without saying so and the change is heard: then it can be undone, and its
 * author named.
 */
export function nameTheirs(
  conflicts: readonly LocalConflict[],
  change: HeardChange,
): readonly LocalConflict[] {
  const isNamed = ({ reason }: LocalConflict) => isUnnamed(reason) && change.operations.some(isAbout(reason));
  if (!conflicts.some(isNamed)) return conflicts;
  const { sequence, author } = change;
  return conflicts.map((conflict) => {
    const { reason } = conflict;
    if (!isUnnamed(reason) || !isNamed(conflict)) return conflict;
    return { ...conflict, reason: { ...reason, theirs: { sequence, author } } };
  });
}

type NamedReason = Extract<ConflictReason, { readonly kind: 'fields' | 'removed' }>;

function isUnnamed(reason: ConflictReason): reason is NamedReason {
  return (reason.kind === 'fields' || reason.kind === 'removed') && reason.theirs === null;
}

function isAbout(reason: NamedReason): (operation: Operation) => boolean {
  if (reason.kind === 'fields') {
    return (operation) =>
      operation.kind === 'set' &&
      reason.fields.some(
        ({ widget, name }) =>
          widget === operation.id &&
          (Object.hasOwn(operation.fields, name) || operation.unset.includes(name)),
      );
  }
  const { side, widget, changed } = reason;
  if (side === 'mine') return (operation) => 'id' in operation && operation.id === changed;
  return (operation) =>
    (operation.kind === 'remove' || operation.kind === 'unwrap') && operation.id === widget;
}
