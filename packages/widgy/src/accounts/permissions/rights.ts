import { DEFAULT_SITE } from '../../settings/store.ts';
import { ANY } from '../../tree/rules/type-rules.ts';
import { isTypeName } from '../../tree/widget.ts';
import { permissionName, WIDGET_ACTIONS, type WidgetAction } from '../../widgets/define-widget.ts';
import type { Permissions } from '../../widgets/permissions.ts';
import type { PermissionCatalogue } from './define-permissions.ts';

/** The site of a grant that holds at all sites. */
export const ALL_SITES = '*';

/** What a role permits: everything, or what is named. */
export type Permitted = 'everything' | ReadonlySet<string>;

/** A role that somebody has at a site. */
export interface Grant {
  /** The id of a site, or {@link ALL_SITES}. */
  readonly site: string;
  readonly role: string;
  readonly permitted: Permitted;
}

/** All that somebody may do, anywhere. */
export interface Rights {
  readonly grants: readonly Grant[];
  /** What there is to be permitted. What is not in it, nobody may do. */
  readonly catalogue: PermissionCatalogue;
}

/**
 * Whether somebody may do something at a site. Nobody may do what no catalogue names, save to delete widgets of a type that the code no
 * longer has.
 *
 * @param permission its name: `pages.edit`, `slideshow:add`
 * @param site the id by which roles know the site
 */
export function may({ rights }: { readonly rights: Rights }, permission: string, site: string): boolean {
  const { grants, catalogue } = rights;
  if (!isPermission(permission, catalogue)) return false;
  return grants.some(
    (grant) =>
      (grant.site === ALL_SITES || grant.site === site) && permits(grant.permitted, permission, catalogue),
  );
}

/**
 * Who may do what with widgets of which types, for `defineSite({ permissions })`: what the roles of whoever is signed in say.
 *
 * @param site the id that roles know the site by
 */
export function permissionsFor(
  site: string = DEFAULT_SITE,
): Permissions<{ readonly rights: Rights } | null | undefined> {
  return {
    [ANY]: ({ user, permission }) => user !== null && user !== undefined && may(user, permission, site),
  };
}

/**
 * What of some grants somebody does not hold themselves, as names of permissions: nothing, if they may give these grants to others. What
 * is given everywhere has to be held everywhere.
 */
export function lackedOf(rights: Rights, grants: readonly Grant[]): readonly string[] {
  const lacked = grants.flatMap(({ site, permitted }) => {
    const held = rights.grants.filter((own) => own.site === ALL_SITES || own.site === site);
    if (held.some((own) => own.permitted === 'everything')) return [];
    if (permitted === 'everything') return [EVERYTHING];
    const isHeld = (name: string) =>
      held.some((own) => own.permitted !== 'everything' && permits(own.permitted, name, rights.catalogue));
    return [...permitted].filter((name) => !isHeld(name));
  });
  return [...new Set(lacked)];
}

/** What a refusal names where everything is permitted. */
export const EVERYTHING = '*';

function permits(permitted: Permitted, permission: string, { special }: PermissionCatalogue): boolean {
  if (permitted === 'everything' || permitted.has(permission)) return true;
  const asked = widgetPermission(permission);
  return asked !== undefined && !special.has(asked.type) && permitted.has(permissionName(ANY, asked.action));
}

/** What somebody can be asked for: nobody does `*:add`, which is only given. */
function isPermission(permission: string, { all }: PermissionCatalogue): boolean {
  const asked = widgetPermission(permission);
  if (asked?.type === ANY) return false;
  return all.has(permission) || asked?.action === 'delete';
}

interface WidgetPermission {
  readonly type: string;
  readonly action: WidgetAction;
}

/** The parts of `slideshow:add` or `*:add`; undefined for another permission. */
function widgetPermission(permission: string): WidgetPermission | undefined {
  const [type = '', action, ...rest] = permission.split(':');
  const known = WIDGET_ACTIONS.find((one) => one === action);
  const isOne = known !== undefined && rest.length === 0 && (type === ANY || isTypeName(type));
  return isOne ? { type, action: known } : undefined;
}
