import { defineWidget } from 'widgy/widgets';
import { z } from 'zod';
import { BAND_PARENTS, line } from '../fields.ts';

/** Asks visitors to book. */
export const call = defineWidget({
  type: 'call',
  label: 'Call to book',
  description: 'A band that asks to book, with the telephone number.',
  keywords: ['cta', 'call to action', 'contact'],
  directory: import.meta.dirname,
  files: ['render.liquid', 'style.scss'],
  fields: z.object({
    heading: line('Heading', 'Found yours?'),
    text: line('Text', 'Ask for a day and we answer by the next morning.'),
  }),
  summary: 'heading',
  parents: [...BAND_PARENTS],
});
