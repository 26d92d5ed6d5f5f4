import { duplicate, type Operation } from '../../tree/operation.ts';
import { findWidget, type Place, parentOf, placeOf, type Tree } from '../../tree/tree.ts';
import { childrenIn, type IdMaker } from '../../tree/widget.ts';

/** What the buttons of the outline do with a widget. */
export const OUTLINE_ACTIONS = ['up', 'down', 'duplicate', 'delete'] as const;

/** One of {@link OUTLINE_ACTIONS}. */
export type OutlineAction = (typeof OUTLINE_ACTIONS)[number];

/** Reads what a button of the outline sends: `up:WIDGET`. */
export function readOutlineAction(
  text: string,
): { readonly action: OutlineAction; readonly widget: string } | undefined {
  const [, name, widget = ''] = /^([a-z]+):([\w-]+)$/.exec(text) ?? [];
  const action = OUTLINE_ACTIONS.find((known) => known === name);
  return action && { action, widget };
}

/** The operation that a button means in the tree that its page showed; undefined where it has no meaning there. */
export function operationOf(
  tree: Tree,
  action: OutlineAction,
  id: string,
  newId: IdMaker,
): Operation | undefined {
  if (findWidget(tree, id) === undefined) return undefined;
  switch (action) {
    case 'delete':
      return { kind: 'remove', id };
    case 'duplicate': {
      const at = placeOf(tree, id);
      return at && duplicate(tree, id, at, newId);
    }
    default: {
      const to = stepped(tree, id, action === 'up' ? -1 : 1);
      return to && { kind: 'move', id, to };
    }
  }
}

/** The place one step away, in the same slot. */
function stepped(tree: Tree, id: string, by: -1 | 1): Place | undefined {
  const parent = parentOf(tree, id);
  const slot = findWidget(tree, id)?.slot;
  if (parent === undefined) return undefined;
  const siblings = childrenIn(parent, slot);
  const index = siblings.findIndex((sibling) => sibling.id === id);
  const place = { parent: parent.id, slot };
  if (by < 0) return index > 0 ? { ...place, before: siblings[index - 1]?.id } : undefined;
  return index < siblings.length - 1 ? { ...place, before: siblings[index + 2]?.id } : undefined;
}
