import type { Operation } from '../../tree/operation.ts';
import { findWidget, type Tree } from '../../tree/tree.ts';
import { walk } from '../../tree/widget.ts';
import type { Session } from '../session/session.ts';

/** What somebody may do with widgets of a type. */
export type WidgetAction = 'add' | 'change' | 'delete';

/**
 * The first type with which somebody may not do what an operation does; undefined if they may do all of it. The server asks the same
 * again: this is for telling it at once.
 */
export function forbiddenType(
  session: Pick<Session, 'data'>,
  tree: Tree,
  operation: Operation,
): string | undefined {
  return needed(tree, operation).find(([action, type]) => !mayDo(session, action, type))?.[1];
}

/** Whether somebody may do something with widgets of a type. One that the site does not have can only be deleted. */
export function mayDo({ data }: Pick<Session, 'data'>, action: WidgetAction, type: string): boolean {
  const known = data.types.find((each) => each.type === type);
  return data.mayEdit && (known === undefined ? action === 'delete' : known.permissions[action]);
}

function* needed(tree: Tree, operation: Operation): Generator<readonly [WidgetAction, type: string]> {
  const widget = 'id' in operation ? findWidget(tree, operation.id) : undefined;
  const children = operation.kind === 'wrap' ? operation.children : (widget?.children ?? []);
  switch (operation.kind) {
    case 'insert':
      for (const { type } of walk(operation.widget)) yield ['add', type];
      return;
    case 'duplicate':
    case 'remove': {
      const action = operation.kind === 'remove' ? 'delete' : 'add';
      if (widget !== undefined) for (const { type } of walk(widget)) yield [action, type];
      return;
    }
    case 'move':
    case 'set':
      if (widget !== undefined) yield ['change', widget.type];
      return;
    case 'wrap':
      yield ['add', operation.widget.type];
      break;
    case 'unwrap':
      if (widget !== undefined) yield ['delete', widget.type];
  }
  for (const { id } of children) {
    const child = findWidget(tree, id);
    if (child !== undefined) yield ['change', child.type];
  }
}
