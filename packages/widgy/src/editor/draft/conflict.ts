import { setOf } from '../../tree/field-changes.ts';
import { fieldOf } from '../../tree/json.ts';
import type { Operation } from '../../tree/operation.ts';
import type { ConflictReason, FieldClash } from './conflict-reason.ts';
import type { DraftCopy } from './draft-copy.ts';
import { type LocalChange, operationsOf } from './local-change.ts';

/** Something that was done here and could not be done for everybody: it is not in the tree, and is kept until somebody decides. */
export interface LocalConflict {
  /** The key of the first of its changes. */
  readonly key: string;
  /** What was wanted: the change that could not be done, and after it those that cannot be done without it. */
  readonly changes: readonly LocalChange[];
  readonly reason: ConflictReason;
}

/** A conflict about some changes. What the last of them wanted a field to be is what its author wants. */
export function conflictAbout(
  first: LocalChange,
  later: readonly LocalChange[],
  reason: ConflictReason,
): LocalConflict {
  const changes = [first, ...later];
  if (reason.kind !== 'fields') return { key: first.key, changes, reason };
  const wanted = changes.flatMap(operationsOf);
  const fields = reason.fields.map((clash) => ({ ...clash, mine: lastWanted(wanted, clash) }));
  return { key: first.key, changes, reason: { ...reason, fields } };
}

function lastWanted(
  operations: readonly Operation[],
  { widget, name, mine }: FieldClash,
): FieldClash['mine'] {
  let wanted = mine;
  for (const operation of operations) {
    if (operation.kind !== 'set' || operation.id !== widget) continue;
    if (operation.unset.includes(name)) wanted = undefined;
    else if (Object.hasOwn(operation.fields, name)) wanted = fieldOf(operation.fields, name);
  }
  return wanted;
}

/** The operations of a conflict as they were wanted, for somebody who tries them again. They may be refused: places in them may have gone. */
export function wantedOperations({ changes }: LocalConflict): readonly Operation[] {
  return changes.flatMap(operationsOf);
}

/**
 * The operations of a conflict without the values that clash: what is left to do where somebody chose the other values, since only
 * those were in question. Empty where it is about something else than fields.
 */
export function operationsBesideClash(conflict: LocalConflict): readonly Operation[] {
  const { reason } = conflict;
  if (reason.kind !== 'fields') return [];
  const isClash = (id: string, name: string) =>
    reason.fields.some((clash) => clash.widget === id && clash.name === name);
  return wantedOperations(conflict).flatMap((operation): Operation[] => {
    if (operation.kind !== 'set') return [operation];
    const left = [
      ...Object.entries(operation.fields),
      ...operation.unset.map((name) => [name, undefined] as const),
    ].filter(([name]) => !isClash(operation.id, name));
    return left.length === 0 ? [] : [setOf(operation.id, new Map(left))];
  });
}

/** The copy without a conflict, once somebody has decided. */
export function settleConflict(copy: DraftCopy, key: string): DraftCopy {
  const conflicts = copy.conflicts.filter((conflict) => conflict.key !== key);
  return conflicts.length === copy.conflicts.length ? copy : { ...copy, conflicts };
}
