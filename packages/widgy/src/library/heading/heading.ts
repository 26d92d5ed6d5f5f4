import { z } from 'zod';
import { defineWidget } from '../../widgets/define-widget.ts';

/** A heading. The first level belongs to the title of the page. */
export const heading = defineWidget({
  type: 'heading',
  label: 'Heading',
  description: 'A heading of one line.',
  keywords: ['title', 'headline', 'header', 'subtitle'],
  directory: import.meta.dirname,
  files: ['render.liquid', 'style.css'],
  groups: ['callout-content'],
  fields: z.object({
    text: z.string().max(200).default('Heading').meta({ label: 'Text' }),
    level: z
      .enum(['h2', 'h3', 'h4'])
      .default('h2')
      .meta({
        label: 'Level',
        help: 'Say how the page is divided, not how large the text is: a smaller heading belongs to the larger one before it.',
        options: { h2: '2: a part of the page', h3: '3: a part of a part', h4: '4: below that' },
      }),
  }),
  summary: 'text',
});
