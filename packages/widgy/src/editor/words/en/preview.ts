import { formats, widgets } from './formats.ts';

/** The page as visitors will see it. */
export const preview = {
  title: 'Preview',
  frame: ({ page }: { page: string }) => `Preview of ${page}`,
  loading: 'The preview is being loaded.',
  widths: 'Width of the preview',
  phone: 'Phone',
  tablet: 'Tablet',
  desktop: 'Desktop',
  pixels: ({ width }: { width: number }) => `${formats.number(width)} pixels wide`,
  scaled: ({ percent }: { percent: number }) => `at ${formats.number(percent)} %`,
  reading: 'Reading mode',
  readingHelp: 'The headings of the page in their order, as screen readers list them.',
  noHeadings: 'The page has no headings.',
  emptyHeading: 'A heading without text',
  headingLevel: ({ level }: { level: number }) => `Level ${formats.number(level)}`,
  skippedLevel: ({ level }: { level: number }) => `Level ${formats.number(level)} is skipped before this.`,
  openAlone: 'Open it by itself',
  reload: 'Load the preview again',
  stale: 'This is the preview as it was last loaded.',
  staleOffline: 'You are offline. The preview is as it was; it follows when the connection is back.',
  failed: 'The preview cannot be loaded now.',
  menu: ({ what }: { what: string }) => `More for ${what}`,
  select: ({ what }: { what: string }) => `Select ${what}`,
  emptySlot: ({ parent }: { parent: string }) => `Empty place in ${parent}`,
  fillSlot: ({ parent }: { parent: string }) => `Add a widget to ${parent}`,
};

/** What widgets cost visitors. */
export const costs = {
  title: 'What this costs',
  ofWidget: ({ what }: { what: string }) => `What ${what} costs`,
  forVisitors: ({ text }: { text: string }) => `For visitors: ${text}`,
  ofPage: 'The whole page',
  styles: 'Style',
  scripts: 'Script',
  render: 'Rendering',
  bytes: ({ bytes }: { bytes: number }) => formats.bytes(bytes),
  milliseconds: ({ ms }: { ms: number }) => formats.milliseconds(ms),
  compressed: 'Compressed, as visitors get it',
  sharedByType: ({ label, count }: { label: string; count: number }) =>
    `${label}: loaded once for ${widgets(count)}`,
  none: 'It brings no style and no script.',
  most: 'The most expensive widgets',
  byBytes: 'By what they load',
  byTime: 'By the time that rendering them takes',
  partial: 'Of some types it is not known on this server.',
  loading: 'The costs are being counted.',
  cannotLoad: 'The costs cannot be loaded now.',
};

/** What the accessibility check of the page found. */
export const check = {
  title: 'Accessibility',
  run: 'Check the page',
  running: 'The page is being checked.',
  none: 'Nothing was found.',
  noneHelp: 'A machine finds only part of what can be wrong.',
  found: ({ count }: { count: number }) =>
    formats.plural(count, { one: '# thing was found', other: '# things were found' }),
  mendFirst: ({ count }: { count: number }) =>
    formats.plural(count, {
      one: '# thing keeps people from using the page. It has to be mended before this is published.',
      other: '# things keep people from using the page. They have to be mended before this is published.',
    }),
  show: 'Show what was found',
  open: ({ what }: { what: string }) => `Open ${what}`,
  openField: ({ field, what }: { field: string; what: string }) => `Open ${field} of ${what}`,
  notInWidget: 'In the frame of the page, not in a widget',
  more: 'What to do',
  impact: {
    minor: 'Minor',
    moderate: 'Moderate',
    serious: 'Serious',
    critical: 'Critical',
  },
  outdated: 'The page was changed since. Check it again.',
  failed: 'The page could not be checked.',
};
