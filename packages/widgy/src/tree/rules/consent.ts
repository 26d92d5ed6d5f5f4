import { ancestorsOf, type Tree } from '../tree.ts';
import { childrenIn, type Widget } from '../widget.ts';
import type { Catalogue, Slot } from './catalogue.ts';
import type { Relation } from './type-rules.ts';
import { nameOf, type Violation, violationOf } from './violation.ts';

/**
 * What is against a child in a slot of a parent, wherever the child stands now: both sides have to agree. How many stand there
 * already, and what stands above, is not looked at.
 */
export function checkConsent(
  { parent, slot, child, tree }: Relation,
  catalogue: Catalogue,
): Violation | undefined {
  const above = catalogue.get(parent.type);
  const below = catalogue.get(child.type);
  const names = { parent: nameOf(parent, catalogue), child: nameOf(child.widget ?? child, catalogue), slot };
  if (below === undefined)
    return { ...violationOf('type-unknown', 'type', names.child, 'is of no known type'), ...names };
  const found = above?.slots.get(slot);
  const ids = [parent.id, ...(child.widget ? [child.widget.id] : [])];
  if (above && !found && above.slots.size > 0) {
    const what =
      slot === undefined
        ? `"${names.parent.label}" holds widgets only in its slots`
        : `"${names.parent.label}" has no slot "${slot}"`;
    return { code: 'slot-unknown', rule: 'children.slots', what, ids, ...names };
  }
  const isAccepted = found?.accepts.has(child.type) === true;
  const isAgreed = below.agreesTo?.has(parent.type) !== false;
  // Functions are asked only where the data agrees on both sides, so that they need not repeat it.
  const isAsked = isAccepted && isAgreed && isByFunction(parent.type, child.type, catalogue);
  const relation = isAsked ? { parent: without(parent, child.widget), slot, child, tree } : undefined;
  const accepts = isAccepted && (relation === undefined || above?.acceptsChild?.(relation) !== false);
  const agrees = isAgreed && (relation === undefined || below.acceptsParent?.(relation) !== false);
  if (accepts && agrees) return undefined;
  const parentRule = isAccepted ? 'acceptsChild' : 'children';
  const childRule = isAgreed ? 'acceptsParent' : 'parents';
  const [inner, outer] = [`"${names.child.label}"`, `"${names.parent.label}"`];
  if (!accepts && !agrees) {
    const what = `${outer} does not accept ${inner}, and ${inner} does not agree to stand in ${outer}`;
    return { code: 'both-refuse', rule: parentRule, what, ids, ...names };
  }
  return accepts
    ? {
        code: 'child-refuses',
        rule: childRule,
        what: `${inner} does not agree to stand in ${outer}`,
        ids,
        ...names,
      }
    : { code: 'parent-refuses', rule: parentRule, what: `${outer} does not accept ${inner}`, ids, ...names };
}

/** The same for a child where it stands. */
export function checkChild(
  tree: Tree,
  parent: Widget,
  child: Widget,
  catalogue: Catalogue,
): Violation | undefined {
  return checkConsent(
    { parent, slot: child.slot, child: { type: child.type, widget: child }, tree },
    catalogue,
  );
}

/**
 * The parent without a child. Its other children are listed only when a function looks at them: each of many siblings is asked about,
 * and listing all others for each would cost the square of their number.
 */
function without(parent: Widget, child: Widget | undefined): Widget {
  if (child === undefined) return parent;
  const { id, type, slot, fields } = parent;
  let others: readonly Widget[] | undefined;
  return Object.freeze({
    id,
    type,
    slot,
    fields,
    get children() {
      others ??= othersThan(child, parent.children);
      return others;
    },
  });
}

function othersThan(child: Widget, siblings: readonly Widget[]): readonly Widget[] {
  const at = siblings.indexOf(child);
  // A copy of the function's own: it need not be frozen, which would cost more than making it.
  return at < 0 ? siblings.filter(({ id }) => id !== child.id) : siblings.toSpliced(at, 1);
}

/** Whether a relation is a matter of functions, which may look at more than the two. */
export function isByFunction(parent: string, child: string, catalogue: Catalogue): boolean {
  return Boolean(catalogue.get(parent)?.acceptsChild ?? catalogue.get(child)?.acceptsParent);
}

/** What is against a widget standing below others of its type, where that matters. */
export function checkInsideItself(tree: Tree, widget: Widget, catalogue: Catalogue): Violation | undefined {
  if (!catalogue.get(widget.type)?.notInsideItself) return undefined;
  const outer = ancestorsOf(tree, widget.id).find(({ type }) => type === widget.type);
  if (outer === undefined) return undefined;
  const child = nameOf(widget, catalogue);
  return {
    ...violationOf('inside-itself', 'notInsideItself', child, 'cannot stand in another of its type'),
    ids: [outer.id, widget.id],
    parent: nameOf(outer, catalogue),
  };
}

/** What is against the number of widgets in the slots of a widget. */
export function* checkCounts(widget: Widget, catalogue: Catalogue): Generator<Violation> {
  for (const slot of catalogue.get(widget.type)?.slots.values() ?? []) {
    const violation = checkCount(widget, slot, catalogue);
    if (violation) yield violation;
  }
}

function checkCount(
  widget: Widget,
  { name: slot, min, max }: Slot,
  catalogue: Catalogue,
): Violation | undefined {
  const count = childrenIn(widget, slot).length;
  const parent = nameOf(widget, catalogue);
  const where = slot === undefined ? '' : ` in the slot "${slot}"`;
  if (count > max) {
    const what = `"${parent.label}" holds at most ${max}${where}`;
    return { code: 'slot-full', rule: 'children.max', what, ids: [widget.id], parent, slot };
  }
  if (count >= min) return undefined;
  const what = `"${parent.label}" holds at least ${min}${where}`;
  return { code: 'slot-short', rule: 'children.min', what, ids: [widget.id], parent, slot };
}
