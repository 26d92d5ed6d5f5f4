import { defineWidget } from '../../widgets/define-widget.ts';

/** The root of a call-out. It takes what may stand in any column of any page, and no call-out, so that none shows itself. */
export const calloutBody = defineWidget({
  type: 'callout-body',
  label: 'Content of a call-out',
  description: 'What a call-out shows.',
  directory: import.meta.dirname,
  files: ['render.liquid', 'style.css'],
  isRootChoice: true,
  parents: [],
  draggable: false,
  deletable: false,
  children: { accept: ['callout-content'] },
});
