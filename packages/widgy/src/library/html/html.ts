import { z } from 'zod';
import { defineWidget } from '../../widgets/define-widget.ts';

/** Text as HTML, for people who like to write it. It is sanitised as other text is. */
export const html = defineWidget({
  type: 'html',
  label: 'HTML',
  description: 'Text that is written as HTML. What could be harmful is taken out.',
  keywords: ['embed', 'code', 'custom'],
  directory: import.meta.dirname,
  files: ['render.liquid', 'style.css'],
  groups: ['callout-content'],
  fields: z.object({
    markup: z.string().default('').meta({
      label: 'HTML',
      help: 'Elements of text, lists, links, pictures and tables stay. Scripts, styles, forms and frames are taken out.',
      kind: 'html-source',
    }),
  }),
});
