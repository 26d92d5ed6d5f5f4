import { z } from 'zod';
import { defineWidget } from '../../widgets/define-widget.ts';

/** A page of a wide and a narrow column, which stand below one another where there is not room for both. */
export const twoColumns = defineWidget({
  type: 'two-columns',
  label: 'Two columns',
  description: 'A page of a wide column and a narrow one beside it.',
  keywords: ['sidebar', 'layout', 'grid'],
  directory: import.meta.dirname,
  files: ['render.liquid', 'style.css'],
  groups: ['layout'],
  fields: z.object({
    side: z
      .enum(['end', 'start'])
      .default('end')
      .meta({
        label: 'Side column',
        help: 'Where the narrow column stands. On narrow screens it comes after the wide one.',
        options: { end: 'After the main column', start: 'Before the main column' },
      }),
  }),
  isRootChoice: true,
  parents: [],
  draggable: false,
  deletable: false,
  children: {
    accept: [],
    slots: [
      { name: 'main', accept: ['*'] },
      { name: 'sidebar', accept: ['*'] },
    ],
  },
});
