import { invertOperation } from '../../tree/invert.ts';
import type { TreeLimits } from '../../tree/limits.ts';
import type { Operation } from '../../tree/operation.ts';
import { checkOperation } from '../../tree/rules/check-operation.ts';
import type { RuleRefusal } from '../../tree/rules/violation.ts';
import type { Tree } from '../../tree/tree.ts';
import { type NeededPermission, neededPermissions } from '../../widgets/needed-permissions.ts';
import type { Site } from '../../widgets/site.ts';
import type { Author } from '../author.ts';
import { operationRefused, type RefusedDocument, refuseDocument } from '../refusal.ts';
import { fieldsInvalid, withCheckedFields } from './check-fields.ts';
import { askFor, permissionKey } from './permissions.ts';

/** Operations that may be done, and what comes of them. */
export interface CheckedChange {
  readonly ok: true;
  /** With the fields that they bring checked and sanitised. */
  readonly operations: readonly Operation[];
  /** What undoes them, in the order in which it is to be done. */
  readonly inverses: readonly Operation[];
  readonly tree: Tree;
  /** What one must be permitted for all of it, each once. */
  readonly needed: readonly NeededPermission[];
}

/** What operations are checked against. */
export interface CheckOptions {
  readonly site: Site<never>;
  readonly limits: TreeLimits;
  readonly author: Author;
}

/**
 * Checks operations that somebody wants to do one after the other: what they may do, the fields that are brought, and the rules of
 * what may stand where. The one way into a draft for what comes from outside.
 */
export async function checkChange(
  tree: Tree,
  operations: readonly Operation[],
  { site, limits, author }: CheckOptions,
): Promise<CheckedChange | RefusedDocument> {
  const steps = new Steps(tree);
  for (const [index, operation] of operations.entries()) {
    const clean = withCheckedFields(steps.tree, operation, site);
    if (!clean.ok) return fieldsInvalid(index, clean);
    const refusal = steps.take(clean.operation, (before) =>
      checkOperation(before, clean.operation, site.catalogue, limits),
    );
    if (refusal !== undefined) return refuseDocument(operationRefused({ index, refusal }));
  }
  const checked = steps.finish();
  return (await askFor(checked.needed, author)) ?? checked;
}

/** Operations one after the other, with what undoes them. */
class Steps {
  tree: Tree;
  readonly #operations: Operation[] = [];
  readonly #inverses: Operation[] = [];
  readonly #needed = new Map<string, NeededPermission>();

  constructor(tree: Tree) {
    this.tree = tree;
  }

  /** Does an operation if a check gives the tree after it. What changes nothing is left out. */
  take(
    operation: Operation,
    check: (tree: Tree) => ReturnType<typeof checkOperation>,
  ): RuleRefusal | undefined {
    const checked = check(this.tree);
    if (!checked.ok) return checked.refusal;
    if (checked.tree === this.tree) return undefined;
    const inverse = invertOperation(this.tree, operation);
    if (!inverse.ok) return inverse.refusal;
    for (const each of neededPermissions(this.tree, operation)) this.#needed.set(permissionKey(each), each);
    this.#operations.push(operation);
    this.#inverses.unshift(inverse.operation);
    this.tree = checked.tree;
    return undefined;
  }

  finish(): CheckedChange {
    const needed = [...this.#needed.values()];
    return { ok: true, operations: this.#operations, inverses: this.#inverses, tree: this.tree, needed };
  }
}

/**
 * Takes operations that bring back what a draft or a commit had: they must fit the tree, and are not asked for fields, rules and
 * permissions of today.
 *
 * @param apply says what an operation gives; it decides what is still asked
 */
export function takeKnown(
  tree: Tree,
  operations: readonly Operation[],
  apply: (tree: Tree, operation: Operation) => ReturnType<typeof checkOperation>,
): CheckedChange | RefusedDocument {
  const steps = new Steps(tree);
  for (const [index, operation] of operations.entries()) {
    const refusal = steps.take(operation, (before) => apply(before, operation));
    if (refusal !== undefined) return refuseDocument(operationRefused({ index, refusal }));
  }
  return steps.finish();
}
