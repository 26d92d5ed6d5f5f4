/** Something that one may be permitted to do, as people read it. */
export interface Feature {
  /** A feature and an action, `pages.edit`. It never changes, since roles hold it. */
  readonly name: string;
  readonly label: string;
  /** Where it stands in the form of a role: those of one group stand together. */
  readonly group: string;
}

/** What Widgy itself asks for, beside the permissions of types of widgets. */
export const FEATURES = [
  { name: 'admin.enter', label: 'Enter the administration', group: 'Administration' },
  { name: 'pages.read', label: 'See drafts and history of pages', group: 'Pages' },
  { name: 'pages.edit', label: 'Edit pages', group: 'Pages' },
  { name: 'pages.create', label: 'Make pages', group: 'Pages' },
  { name: 'pages.move', label: 'Move and order pages', group: 'Pages' },
  { name: 'pages.publish', label: 'Publish pages and take them off the site', group: 'Pages' },
  { name: 'pages.delete', label: 'Delete pages', group: 'Pages' },
  { name: 'callouts.edit', label: 'Edit call-outs', group: 'Pages' },
  { name: 'media.upload', label: 'Upload files and describe them', group: 'Media' },
  { name: 'media.delete', label: 'Delete files', group: 'Media' },
  { name: 'redirects.manage', label: 'Manage redirects', group: 'Administration' },
  { name: 'settings.change', label: 'Change settings', group: 'Administration' },
  { name: 'users.manage', label: 'Manage people and roles', group: 'Administration' },
] as const satisfies readonly Feature[];

/** The name of one of {@link FEATURES}. */
export type FeatureName = (typeof FEATURES)[number]['name'];
