import { ANY } from '../../tree/rules/type-rules.ts';
import { permissionName, WIDGET_ACTIONS } from '../../widgets/define-widget.ts';
import type { FeatureName } from '../permissions/features.ts';
import type { Permitted } from '../permissions/rights.ts';

/** A role: what those who have it may do. It holds at the sites that they have it at. */
export interface Role {
  readonly name: string;
  readonly label: string;
  readonly permitted: Permitted;
  /** Whether it is built in: then it can be neither changed nor deleted. */
  readonly isBuiltIn: boolean;
  /** Counts how often it was written; 0 for one that is built in. */
  readonly revision: number;
}

/** The name of the role that may do everything, what is special and what comes later among it. */
export const ADMINISTRATOR = 'administrator';

const ALL_WIDGETS = WIDGET_ACTIONS.map((action) => permissionName(ANY, action));

const AUTHOR_FEATURES: readonly FeatureName[] = [
  'admin.enter',
  'pages.read',
  'pages.edit',
  'pages.create',
  'media.upload',
];

const EDITOR_FEATURES: readonly FeatureName[] = [
  ...AUTHOR_FEATURES,
  'pages.move',
  'pages.publish',
  'pages.delete',
  'callouts.edit',
  'media.delete',
  'redirects.manage',
];

/** The roles that every site has. */
export const BUILT_IN_ROLES: ReadonlyMap<string, Role> = new Map(
  [
    builtIn(ADMINISTRATOR, 'Administrator', 'everything'),
    builtIn('editor', 'Editor', new Set([...EDITOR_FEATURES, ...ALL_WIDGETS])),
    builtIn('author', 'Author', new Set([...AUTHOR_FEATURES, ...ALL_WIDGETS])),
  ].map((role) => [role.name, role]),
);

function builtIn(name: string, label: string, permitted: Permitted): Role {
  return Object.freeze({ name, label, permitted, isBuiltIn: true, revision: 0 });
}
