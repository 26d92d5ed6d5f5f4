import { z } from 'zod';
import { defineWidget } from '../../widgets/define-widget.ts';

/** A link that looks like a button. */
export const button = defineWidget({
  type: 'button',
  label: 'Button',
  description: 'A link that stands out.',
  keywords: ['link', 'cta', 'call to action'],
  directory: import.meta.dirname,
  files: ['render.liquid', 'style.css'],
  groups: ['callout-content'],
  fields: z.object({
    text: z.string().max(100).default('').meta({
      label: 'Text',
      help: 'Says where it leads. Left empty, it is the name of what the button links to.',
    }),
    link: z.string().max(2000).default('').meta({
      label: 'Link',
      help: 'A page of the site, or an address. Without one, the button is not shown.',
      kind: 'link',
    }),
    look: z
      .enum(['primary', 'secondary', 'quiet'])
      .default('primary')
      .meta({
        label: 'Look',
        options: { primary: 'Filled', secondary: 'With a border', quiet: 'Text alone' },
      }),
  }),
  summary: 'text',
});
