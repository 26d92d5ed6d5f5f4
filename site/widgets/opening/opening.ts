import { defineWidget } from 'widgy/widgets';
import { z } from 'zod';
import { BAND_PARENTS, words } from '../fields.ts';

/** The first sentences of a page, in larger letters. They stand below the title that the template shows. */
export const opening = defineWidget({
  type: 'opening',
  label: 'Opening words',
  description: 'The first sentences of a page, right below its title.',
  keywords: ['intro', 'lead'],
  directory: import.meta.dirname,
  files: ['render.liquid'],
  fields: z.object({
    text: words('Text', 'Tell visitors what they find on this page.'),
  }),
  summary: 'text',
  parents: [...BAND_PARENTS],
});
