import { defineWidget } from 'widgy/widgets';
import { z } from 'zod';

export const quote = defineWidget({
  type: 'quote',
  label: 'Quote',
  description: 'What somebody said, and who it was.',
  directory: import.meta.dirname,
  files: ['render.liquid', 'style.css'],
  fields: z.object({
    text: z.string().max(500).default('').meta({ label: 'Quote', kind: 'long-text' }),
    by: z.string().max(100).default('').meta({ label: 'Who said it' }),
  }),
  summary: 'text',
});
