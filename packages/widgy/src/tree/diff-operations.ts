import { applyUnlimited } from './apply.ts';
import { differing, diffTrees, stayingChildren } from './diff.ts';
import { changesBetween, setOf } from './field-changes.ts';
import type { Operation } from './operation.ts';
import { type Refused, refuse } from './refusal.ts';
import { findWidget, type Tree } from './tree.ts';
import { fold, type Widget, withChildren, withSlot } from './widget.ts';

/** Operations that make one tree of another, or why there are none. */
export type Difference = { readonly ok: true; readonly operations: readonly Operation[] } | Refused;

/**
 * The operations that, applied one after the other, make the second tree of the first: to restore a version, or to send what
 * changed. Refused if the trees have different roots, since no operation changes what the root is.
 */
export function operationsBetween(before: Tree, after: Tree): Difference {
  if (before.root.id !== after.root.id || before.root.type !== after.root.type) {
    return refuse('root-fixed', 'the two trees have different roots', before.root.id, after.root.id);
  }
  const { removed, changed } = diffTrees(before, after);
  const steps = new Steps(before);
  // A widget of another type is another widget: the old one gives its children to its parent, from where they are fetched.
  for (const { id, type } of changed) if (type) steps.take({ kind: 'unwrap', id });
  // From the top down, so that a widget's new parent already stands where it stays, and never inside the widget.
  for (const widget of differing(after, before)) arrange(widget, steps);
  // Last, when everything that stays has been moved out.
  for (const { id } of removed)
    if (findWidget(steps.tree, id) !== undefined) steps.take({ kind: 'remove', id });
  return { ok: true, operations: steps.operations };
}

/** The operations so far, and the tree that they give. */
class Steps {
  readonly operations: Operation[] = [];
  tree: Tree;

  constructor(tree: Tree) {
    this.tree = tree;
  }

  take(operation: Operation): void {
    const applied = applyUnlimited(this.tree, operation);
    if (!applied.ok) throw new Error(`A step between two trees is impossible: ${applied.refusal.what}.`);
    this.operations.push(operation);
    this.tree = applied.tree;
  }
}

/** Gives a widget that is in its place the fields and the children that it is to have. */
function arrange(widget: Widget, steps: Steps): void {
  const fields = changesBetween(findWidget(steps.tree, widget.id)?.fields ?? {}, widget.fields);
  if (fields.size > 0) steps.take(setOf(widget.id, fields));
  const staying = stayingChildren(widget, steps.tree);
  // From the end: then the sibling that a place names stands where it stays.
  let next: Widget | undefined;
  for (const child of widget.children.toReversed()) {
    const at = {
      parent: widget.id,
      slot: child.slot,
      before: next?.slot === child.slot ? next?.id : undefined,
    };
    if (findWidget(steps.tree, child.id) === undefined) {
      steps.take({ kind: 'insert', widget: withSlot(newPart(child, steps.tree), undefined), at });
    } else if (!staying.has(child.id)) steps.take({ kind: 'move', id: child.id, to: at });
    next = child;
  }
}

/** A new widget with what is new below it; what stood elsewhere is moved in later. */
function newPart(widget: Widget, tree: Tree): Widget {
  return fold<Widget>(widget, (part, children) => {
    const fresh = children.filter(({ id }) => findWidget(tree, id) === undefined);
    return fresh.every((child, at) => child === part.children[at]) && fresh.length === part.children.length
      ? part
      : withChildren(part, fresh);
  });
}
