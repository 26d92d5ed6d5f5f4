import type { Operation } from '../../tree/operation.ts';
import type { Wrapper } from '../../tree/rules/violation.ts';
import { findWidget, type Place, type Tree } from '../../tree/tree.ts';
import { childrenIn, createWidget } from '../../tree/widget.ts';
import { topmost } from '../session/selection.ts';
import type { Session } from '../session/session.ts';
import { act } from './act.ts';
import { slotLabel } from './move-slots.ts';
import { type Direction, placeToward } from './moves.ts';
import { mayDo } from './permissions.ts';
import type { Done } from './refusal.ts';
import { labelIn, whereIs } from './where.ts';

/**
 * Moves widgets with all in them to a place, as one step, in the order in which they stand. They stay selected. What a rule is
 * against is refused whole, with the rule and the one type that could stand between, where there is one.
 */
export function moveWidgets(session: Session, ids: readonly string[], to: Place): Done {
  const tree = session.tree.value;
  const moved = topmostOf(tree, ids);
  const place = besideOthers(tree, moved, to);
  return doMove(
    session,
    moved,
    moved.map((id) => ({ kind: 'move', id, to: place })),
  );
}

/** The same, into a new widget of a type that may stand at the place where they may not. */
export function moveWrapped(session: Session, ids: readonly string[], to: Place, wrapper: Wrapper): Done {
  const { catalogue, newId } = session;
  const tree = session.tree.value;
  const moved = topmostOf(tree, ids);
  const fields = structuredClone(catalogue.get(wrapper.type)?.fields ?? {});
  const widget = createWidget({ id: newId(), type: wrapper.type, fields });
  const into: Place = { parent: widget.id, slot: wrapper.slot };
  return doMove(session, moved, [
    { kind: 'insert', widget, at: besideOthers(tree, moved, to) },
    ...moved.map((id) => ({ kind: 'move', id, to: into }) as const),
  ]);
}

/** Moves widgets one step in a direction; see {@link placeToward}. Where they cannot go further, that is announced. */
export function moveToward(session: Session, ids: readonly string[], direction: Direction): Done {
  const { catalogue, data } = session;
  const tree = session.tree.value;
  const moved = topmostOf(tree, ids);
  const place = placeToward(tree, moved, direction, { catalogue, limits: data.limits });
  if (place !== undefined) return moveWidgets(session, moved, place);
  session.announcement.value = whyNotMoved(session, moved, direction);
  return { ok: true, ids: moved };
}

/** What is said where widgets go no further in a direction. */
export function whyNotMoved(session: Session, ids: readonly string[], direction: Direction): string {
  const { catalogue, data, words } = session;
  if (!data.mayEdit) return words.errors.problems['not-permitted'];
  const tree = session.tree.value;
  const [first, ...others] = topmostOf(tree, ids);
  if (first === undefined) return words.selection.none;
  if (others.length > 0) return words.selection.cannotAll;
  const { cannotUp, cannotDown, cannotOut, cannotIn } = words.moves;
  const cannot = { up: cannotUp, down: cannotDown, out: cannotOut, in: cannotIn }[direction];
  return cannot({ what: labelIn(tree, first, catalogue) });
}

/** Whether somebody may move all of some widgets at all. The root is never moved. */
export function mayMove(session: Session, ids: readonly string[]): boolean {
  const tree = session.tree.value;
  return ids.every((id) => {
    const type = findWidget(tree, id)?.type;
    if (type === undefined || id === tree.root.id) return false;
    const known = session.catalogue.get(type);
    return known !== undefined && known.draggable !== false && mayDo(session, 'change', type);
  });
}

/** Most often it is one, and then there is no need to look through the whole page. */
function topmostOf(tree: Tree, ids: readonly string[]): readonly string[] {
  return ids.length === 1 ? ids : topmost(tree, ids);
}

/** The same place, named by a sibling that is not moved. */
function besideOthers(tree: Tree, moved: readonly string[], { parent, slot, before }: Place): Place {
  const above = findWidget(tree, parent);
  if (above === undefined || before === undefined) return { parent, slot, before };
  const siblings = childrenIn(above, slot);
  const at = siblings.findIndex(({ id }) => id === before);
  // A sibling that is not there is for the tree to refuse.
  if (at < 0) return { parent, slot, before };
  return { parent, slot, before: siblings.slice(at).find(({ id }) => !moved.includes(id))?.id };
}

function doMove(session: Session, moved: readonly string[], operations: readonly Operation[]): Done {
  const { catalogue, words } = session;
  const what = labelIn(session.tree.value, moved[0] ?? '', catalogue);
  const count = moved.length;
  return act(session, {
    label: count === 1 ? { kind: 'move', what } : { kind: 'move', count },
    operations,
    select: moved,
    say: () => {
      const { place = 0, of = 0, parent = '' } = whereNow(session, moved[0] ?? '');
      return count === 1
        ? words.moves.moved({ what, place, of, parent })
        : words.moves.movedMany({ count, parent });
    },
  });
}

function whereNow(session: Session, id: string) {
  const tree = session.tree.value;
  const where = whereIs(tree, id, session.catalogue);
  const slot = findWidget(tree, id)?.slot;
  if (where === undefined || slot === undefined) return { ...where };
  return { ...where, parent: session.words.outline.inSlot({ slot: slotLabel(slot), parent: where.parent }) };
}
