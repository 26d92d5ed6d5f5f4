import type { Operation } from '../tree/operation.ts';
import { findWidget, type Tree } from '../tree/tree.ts';
import { type Widget, walk } from '../tree/widget.ts';
import type { WidgetAction } from './define-widget.ts';

/** Something that one must be permitted to do. */
export interface NeededPermission {
  readonly action: WidgetAction;
  readonly type: string;
}

/**
 * What somebody must be permitted for an operation: to add and to delete whatever comes and goes, with all below it, and to
 * change what is set, moved, wrapped or unwrapped.
 */
export function neededPermissions(tree: Tree, operation: Operation): readonly NeededPermission[] {
  const one = (action: WidgetAction, id: string) => typesOf(action, findWidget(tree, id), false);
  const all = (action: WidgetAction, id: string) => typesOf(action, findWidget(tree, id), true);
  switch (operation.kind) {
    case 'insert':
      return typesOf('add', operation.widget, true);
    case 'duplicate':
      return all('add', operation.id);
    case 'remove':
      return all('delete', operation.id);
    case 'move':
    case 'set':
      return one('change', operation.id);
    case 'wrap':
      return [
        { action: 'add', type: operation.widget.type },
        ...operation.children.flatMap(({ id }) => one('change', id)),
      ];
    case 'unwrap':
      return [
        ...one('delete', operation.id),
        ...(findWidget(tree, operation.id)?.children ?? []).flatMap(({ id }) => one('change', id)),
      ];
  }
}

/** What somebody must be permitted to do something with a widget, or with all below it too. */
export function typesOf(
  action: WidgetAction,
  widget: Widget | undefined,
  isWithAllBelow: boolean,
): readonly NeededPermission[] {
  if (widget === undefined) return [];
  const types = isWithAllBelow ? new Set(walk(widget).map(({ type }) => type)) : [widget.type];
  return Array.from(types, (type) => ({ action, type }));
}
