import { applyOperation, applyUnlimited } from '../../tree/apply.ts';
import type { Operation } from '../../tree/operation.ts';
import type { Catalogue } from '../../tree/rules/catalogue.ts';
import { checkOperation } from '../../tree/rules/check-operation.ts';
import { checkTree } from '../../tree/rules/check-tree.ts';
import type { Violation } from '../../tree/rules/violation.ts';
import {
  createTree,
  findWidget,
  isInside,
  nextInSlot,
  type Place,
  parentOf,
  type Tree,
} from '../../tree/tree.ts';
import { fold, type Widget, withChildren, withSlot } from '../../tree/widget.ts';
import type { Author } from '../author.ts';
import { readVersion } from '../commits/versions.ts';
import { operationRefused, type RefusedDocument, refuseDocument } from '../refusal.ts';
import { checkTexts, type Repeatable, requestKey } from '../request.ts';
import type { DocumentStore } from '../store.ts';
import { type CheckedChange, takeKnown } from './check-change.ts';
import { type Changed, makeChange } from './make-change.ts';
import { permitted } from './permissions.ts';
import { changeInto } from './reset-draft.ts';

/** A widget that somebody wants to have as a commit has it. */
export interface RestoreRequest extends Repeatable {
  readonly widget: string;
  /** The number of the commit. */
  readonly commit: number;
}

/**
 * Makes one widget, with all below it, what it was in a commit, and leaves everything else as it is. A widget that is there stays in
 * its place; one that has gone comes back to the parent it had, next to the sibling that followed it if that is still there. What was
 * below it then and stands elsewhere now stays there.
 */
export async function restoreWidget(
  store: DocumentStore,
  document: string,
  { widget, commit, key }: RestoreRequest,
  author: Author,
): Promise<Changed | RefusedDocument> {
  const invalid = checkTexts({ key });
  if (invalid !== undefined) return invalid;
  const version = await readVersion(store, document, commit);
  if (!version.ok) return version;
  const missing = {
    code: 'widget-missing',
    what: `commit ${commit} has no widget "${widget}"`,
    widget,
  } as const;
  if (findWidget(version.tree, widget) === undefined) return refuseDocument(missing);
  return await makeChange(store, document, {
    kind: 'restore',
    author: author.id,
    request: requestKey(key, ['restore', widget, commit]),
    plan: async (draft) => await permitted(restored(store, draft.tree, version.tree, widget), author),
  });
}

/** The change that brings a widget back. Where it is put back among others, the rules say whether there is room for it. */
function restored(
  { site, limits }: DocumentStore,
  tree: Tree,
  old: Tree,
  id: string,
): CheckedChange | RefusedDocument {
  const wanted = subtreeIn(old, tree, id);
  if (findWidget(tree, id) !== undefined) {
    const whole = createTree(exchange(tree.root, wanted));
    const planned = changeInto(tree, whole, (before, operation) => applyOperation(before, operation, limits));
    const violation = newViolation(whole, [tree, old], site.catalogue);
    if (!planned.ok || violation === undefined) return planned;
    return refuseDocument(operationRefused({ index: 0, refusal: violation }));
  }
  const at = formerPlace(tree, old, id);
  if (at === undefined) {
    const widget = parentOf(old, id)?.id ?? id;
    const what = `the widget "${widget}", which "${id}" stood in, has gone too`;
    return refuseDocument({ code: 'widget-missing', what, widget });
  }
  const insert: Operation = { kind: 'insert', widget: withSlot(wanted, undefined), at };
  return takeKnown(tree, [insert], (before, operation) => {
    const checked = checkOperation(before, operation, site.catalogue, limits);
    // A type that the code no longer has is brought back all the same: it was there.
    return !checked.ok && checked.refusal.code === 'type-unknown'
      ? applyUnlimited(before, operation)
      : checked;
  });
}

/** What is against the rules in a tree and was so in none of others. Types that the code no longer has are brought back all the same. */
function newViolation(tree: Tree, others: readonly Tree[], catalogue: Catalogue): Violation | undefined {
  const keyOf = ({ code, ids, slot }: Violation) => JSON.stringify([code, ids, slot]);
  const known = new Set(others.flatMap((other) => checkTree(other, catalogue)).map(keyOf));
  return checkTree(tree, catalogue).find(
    (violation) => violation.code !== 'type-unknown' && !known.has(keyOf(violation)),
  );
}

/** A widget as it was in an old tree, without what was below it then and stands elsewhere now. */
function subtreeIn(old: Tree, tree: Tree, id: string): Widget {
  const then = findWidget(old, id);
  if (then === undefined) throw new Error(`There is no widget "${id}" to bring back.`);
  const isElsewhere = (widget: Widget) =>
    findWidget(tree, widget.id) !== undefined && !isInside(tree, widget.id, id);
  return fold<Widget>(then, (widget, children) =>
    withChildren(
      widget,
      children.filter((child) => !isElsewhere(child)),
    ),
  );
}

/** The same widgets with one of them, and all below it, exchanged for another version of it, in the slot it sits in. */
function exchange(root: Widget, wanted: Widget): Widget {
  return fold<Widget>(root, (widget, children) => {
    if (widget.id === wanted.id) return withSlot(wanted, widget.slot);
    return children.every((child, at) => child === widget.children[at])
      ? widget
      : withChildren(widget, children);
  });
}

/** Where a widget that has gone is to stand: where it stood, as far as that is still there. */
function formerPlace(tree: Tree, old: Tree, id: string): Place | undefined {
  const parent = parentOf(old, id);
  if (parent === undefined || findWidget(tree, parent.id) === undefined) return undefined;
  const slot = findWidget(old, id)?.slot;
  for (let next = nextInSlot(parent, id); next !== undefined; next = nextInSlot(parent, next.id)) {
    const isThere = parentOf(tree, next.id)?.id === parent.id && findWidget(tree, next.id)?.slot === slot;
    if (isThere) return { parent: parent.id, slot, before: next.id };
  }
  return { parent: parent.id, slot };
}
