import { z } from 'zod';
import { defineWidget } from '../../widgets/define-widget.ts';

/** Text with headings, lists, links, pictures and tables, which is sanitised. */
export const text = defineWidget({
  type: 'text',
  label: 'Text',
  description: 'Text with emphasis, lists, links and tables.',
  keywords: ['paragraph', 'rich text', 'list', 'quote', 'link'],
  directory: import.meta.dirname,
  files: ['render.liquid', 'style.css'],
  groups: ['callout-content'],
  fields: z.object({
    text: z.string().default('').meta({
      label: 'Text',
      kind: 'rich-text',
      help: 'If you would rather write Markdown, there is a widget for that.',
    }),
  }),
});
