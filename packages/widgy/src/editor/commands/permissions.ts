import type { Operation } from '../../tree/operation.ts';
import type { Tree } from '../../tree/tree.ts';
import type { WidgetAction } from '../../widgets/define-widget.ts';
import { neededPermissions } from '../../widgets/needed-permissions.ts';
import type { Session } from '../session/session.ts';

/**
 * The first type with which somebody may not do what an operation does; undefined if they may do all of it. The server asks the same
 * again: this is for telling it at once.
 */
export function forbiddenType(
  session: Pick<Session, 'data'>,
  tree: Tree,
  operation: Operation,
): string | undefined {
  return neededPermissions(tree, operation).find(({ action, type }) => !mayDo(session, action, type))?.type;
}

/** Whether somebody may do something with widgets of a type. One that the site does not have can only be deleted. */
export function mayDo({ data }: Pick<Session, 'data'>, action: WidgetAction, type: string): boolean {
  const known = data.types.find((each) => each.type === type);
  return data.mayEdit && (known === undefined ? action === 'delete' : known.permissions[action]);
}
