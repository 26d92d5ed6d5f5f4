import { defineWidget } from '../../widgets/define-widget.ts';

/** So many tabs are found at a glance; more is an accordion, or pages. */
export const MAX_TABS = 8;

/**
 * Tabs of which one is shown at a time. Without a script they are parts of the page, one below the other, with links to them: so
 * everything can be read, found and printed.
 */
export const tabs = defineWidget({
  type: 'tabs',
  label: 'Tabs',
  description: 'Parts of which one is shown at a time.',
  keywords: ['panels'],
  directory: import.meta.dirname,
  files: ['render.liquid', 'style.css'],
  notInsideItself: true,
  children: { accept: ['tab'], default: ['tab', 'tab'], min: 1, max: MAX_TABS },
});
