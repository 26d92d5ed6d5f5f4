import { z } from 'zod';
import { defineWidget } from '../../widgets/define-widget.ts';

/** Text in Markdown. HTML in it is shown as text. */
export const markdown = defineWidget({
  type: 'markdown',
  label: 'Markdown',
  description: 'Text that is written in Markdown.',
  keywords: ['code'],
  directory: import.meta.dirname,
  files: ['render.liquid', 'style.css'],
  groups: ['callout-content'],
  fields: z.object({
    text: z.string().default('').meta({
      label: 'Markdown',
      help: 'An empty line begins a paragraph, **two stars** are strong, [text](address) is a link. HTML is shown as text.',
      kind: 'markdown',
    }),
  }),
});
