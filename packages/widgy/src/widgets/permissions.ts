import { ANY } from '../tree/rules/type-rules.ts';
import { permissionName, WIDGET_ACTIONS, type WidgetAction, type WidgetType } from './define-widget.ts';
import { unknownName } from './registry.ts';

/** Decides whether somebody may do something. Whatever is not true means no. */
export type Permit<User> = (question: PermissionQuestion<User>) => boolean | Promise<boolean>;

/** What somebody wants to do. */
export interface PermissionQuestion<User> {
  readonly user: User;
  readonly action: WidgetAction;
  readonly type: string;
  /** Its name; see `permissionName`. */
  readonly permission: string;
}

/**
 * Who may do what, by type; `'*'` is for all types, and holds for an action where the type itself says nothing of it. What is said
 * nowhere is permitted to nobody.
 */
export type Permissions<User> = Readonly<
  Record<string, Permit<User> | { readonly [Action in WidgetAction]?: Permit<User> }>
>;

/** @throws WidgyError `name-unknown` for a type or an action that there is not */
export function checkPermissions<User>(
  permissions: Permissions<User>,
  types: ReadonlyMap<string, WidgetType>,
): void {
  const names = [...types.keys(), ANY];
  for (const [type, permits] of Object.entries(permissions)) {
    if (!names.includes(type)) throw unknownName(type, 'permissions', names);
    const actions: readonly string[] = WIDGET_ACTIONS;
    const unknown = Object.keys(permits).find((action) => !actions.includes(action));
    if (unknown !== undefined) throw unknownName(unknown, `permissions.${type}`, actions);
  }
}

/** Whether somebody may do something with widgets of a type. A type that the code no longer has can only be deleted. */
export async function isPermitted<User>(
  { permissions, types }: { permissions: Permissions<User>; types: ReadonlyMap<string, unknown> },
  user: User,
  action: WidgetAction,
  type: string,
): Promise<boolean> {
  if (!types.has(type) && action !== 'delete') return false;
  const permit = permitIn(permissions, type, action) ?? permitIn(permissions, ANY, action);
  const answer: unknown = await permit?.({ user, action, type, permission: permissionName(type, action) });
  return answer === true;
}

function permitIn<User>(
  permissions: Permissions<User>,
  type: string,
  action: WidgetAction,
): Permit<User> | undefined {
  const permits = Object.hasOwn(permissions, type) ? permissions[type] : undefined;
  return typeof permits === 'function' ? permits : permits?.[action];
}
