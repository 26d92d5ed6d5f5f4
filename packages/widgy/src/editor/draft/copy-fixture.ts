import assert from 'node:assert/strict';
import type { JsonObject } from '../../tree/json.ts';
import { DEFAULT_LIMITS } from '../../tree/limits.ts';
import type { Operation } from '../../tree/operation.ts';
import { outlineOf, treeOf } from '../../tree/outline-fixture.ts';
import { catalogueOf } from '../../tree/rules/rules-fixture.ts';
import { ANY } from '../../tree/rules/type-rules.ts';
import { type DraftCopy, openCopy } from './draft-copy.ts';
import { edit } from './edit.ts';
import type { HeardChange } from './local-change.ts';

/** Boxes, in which up to nine may stand, and notes, in which nothing may. */
export const BOXES = catalogueOf([
  { type: 'box', label: 'Box', isRootChoice: true, children: { accept: [ANY], max: 9 } },
  { type: 'note', label: 'Note' },
]);

/** The copy of the draft of an outline at 4, after changes of which each is a step: its key is `k1`, `k2`… */
export function copyOf(outline: string, ...changes: readonly (readonly Operation[])[]): DraftCopy {
  return changes.reduce(
    (copy, operations, at) => doing(copy, at + 1, ...operations),
    openCopy(4, treeOf(outline)),
  );
}

/** The copy after a change of a step, under the key `k` and the number of the step. */
export function doing(copy: DraftCopy, step: number, ...operations: readonly Operation[]): DraftCopy {
  const edited = edit(copy, BOXES, DEFAULT_LIMITS, { key: `k${step}`, step, operations });
  assert.ok(edited.ok, JSON.stringify(edited));
  return edited.copy;
}

/** Gives fields values. */
export function set(id: string, fields: JsonObject, ...unset: readonly string[]): Operation {
  return { kind: 'set', id, fields, unset };
}

/** A change of Ann's, as it is heard. */
export function heardOf(sequence: number, ...operations: readonly Operation[]): HeardChange {
  return { sequence, operations, author: 'ann', kind: 'edit', undoes: null };
}

/** What a tab shows, what the server has, the keys that wait, and those in conflict. */
export function stateOf({ tree, base, sequence, waiting, conflicts }: DraftCopy) {
  return {
    shown: outlineOf(tree),
    server: `${sequence} ${outlineOf(base)}`,
    waiting: waiting.map(({ key }) => key).join(' '),
    conflicts: conflicts.map(
      ({ changes, reason }) => `${reason.kind}: ${changes.map(({ key }) => key).join(' ')}`,
    ),
  };
}
