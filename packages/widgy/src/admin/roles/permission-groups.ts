import {
  ALL_SITES,
  lackedOf,
  type PermissionCatalogue,
  type Permitted,
  type SignedIn,
} from '../../accounts/index.ts';
import { ANY } from '../../tree/rules/type-rules.ts';
import type { Site } from '../../widgets/site.ts';

/** A permission as the form of a role shows it. */
export interface PermissionBox {
  readonly name: string;
  readonly label: string;
  readonly isOn: boolean;
  /** Whether whoever looks holds it everywhere, and so may give it. */
  readonly isHeld: boolean;
}

/** Permissions that stand together. */
export interface PermissionGroup {
  readonly label: string;
  readonly boxes: readonly PermissionBox[];
  /** How many of them are ticked. */
  readonly on: number;
  /** Whether no other permission covers these: they are for types of widgets that can do harm. */
  readonly isSpecial: boolean;
}

/** All permissions that there are, as the form of a role shows them. */
export interface PermissionGroups {
  /** What is no type of widgets, and all types at once. */
  readonly features: readonly PermissionGroup[];
  /** Each type of widgets, those that are special first. */
  readonly types: readonly PermissionGroup[];
  /** What a role names and no catalogue has any more. */
  readonly lost: readonly string[];
}

/** Groups the permissions of a site. */
export function permissionGroups(
  { all }: PermissionCatalogue,
  { types }: Pick<Site<never>, 'types'>,
  { permitted, user }: { readonly permitted: ReadonlySet<string>; readonly user: SignedIn },
): PermissionGroups {
  const lacked = new Set(
    lackedOf(user.rights, [{ site: ALL_SITES, role: '', permitted: new Set(all.keys()) }]),
  );
  const groups = Map.groupBy(all.values(), ({ name, group }) => typeOf(name) ?? `feature ${group}`);
  const shown = Array.from(groups, ([key, permissions]) => {
    const [first] = permissions;
    const boxes = permissions.map(({ name, label }): PermissionBox => {
      const isOn = permitted.has(name);
      return { name, label: labelIn(key, label), isOn, isHeld: !lacked.has(name) };
    });
    const group: PermissionGroup = {
      label: types.get(key)?.definition.label ?? first?.group ?? key,
      boxes,
      on: boxes.filter(({ isOn }) => isOn).length,
      isSpecial: first?.isSpecial === true,
    };
    return { group, isType: types.has(key) };
  });
  const ofTypes = shown.flatMap(({ group, isType }) => (isType ? group : []));
  return {
    features: shown.flatMap(({ group, isType }) => (isType ? [] : group)),
    types: ofTypes.toSorted((a, b) => Number(b.isSpecial) - Number(a.isSpecial)),
    lost: [...permitted].filter((name) => !all.has(name)),
  };
}

/** What a role permits, in words: its groups with what is ticked in them. */
export function permittedWords(
  catalogue: PermissionCatalogue,
  site: Pick<Site<never>, 'types'>,
  { permitted, user }: { readonly permitted: Permitted; readonly user: SignedIn },
): readonly { readonly label: string; readonly value: string }[] {
  if (permitted === 'everything') return [];
  const { features, types } = permissionGroups(catalogue, site, { permitted, user });
  return [...features, ...types].flatMap(({ label, boxes }) => {
    const on = boxes.filter(({ isOn }) => isOn).map((box) => box.label);
    return on.length === 0 ? [] : { label, value: on.join(', ') };
  });
}

/** The type of widgets that a permission is about; undefined for a feature, and for all types at once. */
function typeOf(name: string): string | undefined {
  const [type, action] = name.split(':');
  return action === undefined ? undefined : type;
}

/** Within the group of a type, only what is done to it is said: `Add`. */
function labelIn(key: string, label: string): string {
  if (key.startsWith('feature ')) return label;
  const [action = label] = label.split(':');
  return key === ANY ? `${action} widgets` : action;
}
