import { WidgyError } from '../../errors.ts';
import { ANY } from '../../tree/rules/type-rules.ts';
import { permissionName, WIDGET_ACTIONS, type WidgetAction } from '../../widgets/define-widget.ts';
import { didYouMean } from '../../widgets/nearest.ts';
import type { Site } from '../../widgets/site.ts';
import { FEATURES, type Feature } from './features.ts';

/** What the permissions of a site are defined with. */
export interface PermissionsDefinition {
  /** What there is beside the permissions of types. Default: {@link FEATURES}; a site's own come after them. */
  readonly features?: readonly Feature[];
  /** Types of widgets that `*:add` and the like do not cover: a role has to name each of their permissions. */
  readonly special?: readonly string[];
}

/** One permission, as people read it. */
export interface Permission extends Feature {
  /** Whether only its own name gives it. */
  readonly isSpecial: boolean;
}

/** All permissions of a site: an immutable value. */
export interface PermissionCatalogue {
  /** By name, in the order in which they are to be shown: features, then all types at once, then each type. */
  readonly all: ReadonlyMap<string, Permission>;
  /** The types that have to be named. */
  readonly special: ReadonlySet<string>;
}

const FEATURE_NAME = /^[a-z][a-z0-9-]{0,62}\.[a-z][a-z0-9-]{0,62}$/;

const ACTION_LABELS: Readonly<Record<WidgetAction, string>> = {
  add: 'Add',
  change: 'Change',
  delete: 'Delete',
};

/**
 * Defines what there is to be permitted: the features, and for each type of widgets to add, to change and to delete it. `*:add` is to add
 * widgets of all types that are not special.
 *
 * @throws WidgyError `permission-invalid`, or `name-unknown` for a special type that the site does not have
 */
export function definePermissions(
  { types }: Pick<Site<never>, 'types'>,
  { features = FEATURES, special = [] }: PermissionsDefinition = {},
): PermissionCatalogue {
  const all = new Map<string, Permission>();
  for (const { name, label, group } of features) {
    const refuse = (what: string) =>
      new WidgyError('permission-invalid', { message: `the permission ${JSON.stringify(name)} ${what}` });
    if (!FEATURE_NAME.test(name)) throw refuse('has a name that cannot be used');
    if (all.has(name)) throw refuse('is defined twice');
    if (label.trim() === '' || group.trim() === '') throw refuse('has no label or no group');
    all.set(name, Object.freeze({ name, label, group, isSpecial: false }));
  }
  for (const type of special) {
    if (types.has(type)) continue;
    const message = `special names the type ${JSON.stringify(type)}, which the site does not have`;
    throw new WidgyError('name-unknown', {
      message,
      help: didYouMean(type, [...types.keys()]).trim() || undefined,
    });
  }
  const specials: ReadonlySet<string> = new Set(special);
  const addType = (type: string, label: string, group: string) => {
    for (const action of WIDGET_ACTIONS) {
      const name = permissionName(type, action);
      const isSpecial = specials.has(type);
      all.set(name, Object.freeze({ name, label: `${ACTION_LABELS[action]}: ${label}`, group, isSpecial }));
    }
  };
  addType(ANY, 'all that are not special', 'All widgets');
  for (const [type, { definition }] of types) addType(type, definition.label, 'Widgets');
  return Object.freeze({ all, special: specials });
}
