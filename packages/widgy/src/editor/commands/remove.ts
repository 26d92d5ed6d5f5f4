import type { Tree } from '../../tree/tree.ts';
import { findWidget, parentOf } from '../../tree/tree.ts';
import { childrenIn, walk } from '../../tree/widget.ts';
import { topmost } from '../session/selection.ts';
import type { Session } from '../session/session.ts';
import { act } from './act.ts';
import type { Done } from './refusal.ts';
import { labelIn } from './where.ts';

/**
 * Removes widgets with all in them, as one step. What is selected then is what the focus goes to, see {@link focusWithout}. Nothing to
 * remove is nothing to refuse.
 *
 * @param kind what undo calls it
 */
export function removeWidgets(
  session: Session,
  ids: readonly string[],
  kind: 'remove' | 'cut' = 'remove',
): Done {
  const { catalogue, words } = session;
  const tree = session.tree.value;
  const gone = topmost(tree, ids);
  const [first] = gone;
  if (first === undefined) return { ok: true, ids: [] };
  const focus = focusWithout(tree, gone);
  const what = labelIn(tree, first, catalogue);
  const isOne = gone.length === 1;
  const inIt = countIn(tree, first) - 1;
  return act(session, {
    label: { kind, what, count: gone.length },
    operations: gone.map((id) => ({ kind: 'remove', id })),
    select: focus === undefined ? [] : [focus],
    say: () => {
      if (!isOne) return words.selection.removed({ count: gone.length });
      return inIt === 0 ? words.moves.removed({ what }) : words.moves.removedWith({ what, count: inIt });
    },
  });
}

/**
 * The widget that the focus goes to when others are removed: the next sibling of the last one, else the one before the first of
 * its neighbours, else the parent. Undefined where the root would go, which is refused.
 *
 * @param gone as `topmost` gives them
 */
export function focusWithout(tree: Tree, gone: readonly string[]): string | undefined {
  const last = findWidget(tree, gone.at(-1) ?? '');
  const parent = last && parentOf(tree, last.id);
  if (last === undefined || parent === undefined) return undefined;
  const isGone = new Set(gone);
  const siblings = childrenIn(parent, last.slot);
  const at = siblings.indexOf(last);
  const left = (widget: { readonly id: string }) => !isGone.has(widget.id);
  return (siblings.slice(at + 1).find(left) ?? siblings.slice(0, at).findLast(left) ?? parent).id;
}

function countIn(tree: Tree, id: string): number {
  const widget = findWidget(tree, id);
  return widget === undefined ? 0 : Array.from(walk(widget)).length;
}
