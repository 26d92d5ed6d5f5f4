import type { TreeLimits } from '../../tree/limits.ts';
import type { Operation, SetFields } from '../../tree/operation.ts';
import type { Refused } from '../../tree/refusal.ts';
import type { Catalogue } from '../../tree/rules/catalogue.ts';
import { checkOperation } from '../../tree/rules/check-operation.ts';
import type { RuleRefusal } from '../../tree/rules/violation.ts';
import { type DraftCopy, isUnderWay } from './draft-copy.ts';
import type { LocalEdit, LocalUndo } from './local-change.ts';

/** What is to be done, as one change. */
export interface WantedEdit {
  /** A new one. */
  readonly key: string;
  readonly step: number;
  readonly operations: readonly Operation[];
}

/** The copy after an edit, or which rule is against it. */
export type EditedCopy =
  | {
      readonly ok: true;
      readonly copy: DraftCopy;
      /** The key under which it waits, which may be that of an earlier change that it became part of; undefined where nothing changed. */
      readonly key: string | undefined;
    }
  | Refused<RuleRefusal>;

/**
 * Does operations one after the other: all of them, or none. Each is checked on what the one before gave. What changes nothing is left out.
 *
 * Where the newest change is of the same step, was not sent yet and set the same fields of the same widget, the two become one: what is
 * typed in one go is one change.
 */
export function edit(
  copy: DraftCopy,
  catalogue: Catalogue,
  limits: TreeLimits,
  { key, step, operations }: WantedEdit,
): EditedCopy {
  const done: Operation[] = [];
  let { tree } = copy;
  for (const operation of operations) {
    const checked = checkOperation(tree, operation, catalogue, limits);
    if (!checked.ok) return checked;
    if (checked.tree !== tree) done.push(operation);
    tree = checked.tree;
  }
  if (done.length === 0) return { ok: true, copy, key: undefined };
  const change: LocalEdit = { kind: 'edit', key, step, operations: done };
  const last = copy.waiting.at(-1);
  const joined = last?.kind === 'edit' && !isUnderWay(copy, last.key) ? join(last, change) : undefined;
  const waiting = joined === undefined ? [...copy.waiting, change] : [...copy.waiting.slice(0, -1), joined];
  return { ok: true, copy: { ...copy, waiting, tree }, key: joined?.key ?? key };
}

/** Both changes as one; undefined where they are not of one go. */
function join(earlier: LocalEdit, later: LocalEdit): LocalEdit | undefined {
  const [before, ...others] = earlier.operations;
  const [after, ...more] = later.operations;
  const isOfOneGo =
    earlier.step === later.step &&
    others.length + more.length === 0 &&
    before?.kind === 'set' &&
    after?.kind === 'set' &&
    before.id === after.id &&
    namesOf(after).isSubsetOf(namesOf(before));
  if (!isOfOneGo) return undefined;
  const names = namesOf(after);
  const kept = Object.entries(before.fields).filter(([name]) => !names.has(name));
  const operation: SetFields = {
    ...after,
    fields: { ...Object.fromEntries(kept), ...after.fields },
    unset: [...before.unset.filter((name) => !names.has(name)), ...after.unset],
  };
  return { ...earlier, operations: [operation] };
}

function namesOf({ fields, unset }: SetFields): ReadonlySet<string> {
  return new Set([...Object.keys(fields), ...unset]);
}

/** Asks for a change to be undone that the server has; it is done once the server says so. */
export function requestUndo(copy: DraftCopy, asked: Omit<LocalUndo, 'kind'>): DraftCopy {
  return { ...copy, waiting: [...copy.waiting, { kind: 'undo', ...asked }] };
}
