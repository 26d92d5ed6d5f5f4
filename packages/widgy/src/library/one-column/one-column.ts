import { defineWidget } from '../../widgets/define-widget.ts';

/** A page of one column. What stands in it has the width of a line that reads well; sections go from edge to edge. */
export const oneColumn = defineWidget({
  type: 'one-column',
  label: 'One column',
  description: 'A page of one column.',
  keywords: ['layout'],
  directory: import.meta.dirname,
  files: ['render.liquid', 'style.css'],
  groups: ['layout'],
  isRootChoice: true,
  parents: [],
  draggable: false,
  deletable: false,
  children: { accept: [], slots: [{ name: 'main', accept: ['*'] }] },
});
