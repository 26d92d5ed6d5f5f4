/** Pictures that stand for what buttons do. Their shapes are in the page, put there from `parts/icon-shape.liquid`. */
export const ICONS = [
  'add',
  'back',
  'bin',
  'check',
  'clock',
  'close',
  'desktop',
  'down',
  'edit',
  'grip',
  'history',
  'keyboard',
  'menu',
  'more',
  'open',
  'pages',
  'people',
  'phone',
  'publish',
  'redo',
  'search',
  'tablet',
  'undo',
  'up',
  'view',
  'weight',
] as const;

/** One of {@link ICONS}. */
export type IconName = (typeof ICONS)[number];
