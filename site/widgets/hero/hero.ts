import { defineWidget } from 'widgy/widgets';
import { z } from 'zod';
import { BAND_PARENTS, line, link, pictureFields, words } from '../fields.ts';

/** What a page begins with: its title on a picture. It is for the template without a title of its own. */
export const hero = defineWidget({
  type: 'hero',
  label: 'Hero',
  description: 'A picture as wide as the page, with the title of the page on it.',
  keywords: ['banner', 'header', 'cover'],
  directory: import.meta.dirname,
  files: ['render.liquid', 'style.scss'],
  fields: z.object({
    heading: line('Title of the page', 'Wooden boats, let\u00a0by the half-day'),
    text: words(
      'Text',
      'Nine boats, the oldest from 1926, on eleven miles of river without a lock. We show you the ropes before you cast off, and there is nothing to pay for the lesson.',
    ),
    buttons: z
      .array(z.object({ text: line('Text', ''), link: link('Link', '') }))
      .max(2)
      .default([
        { text: 'Book a boat', link: '/book' },
        { text: 'See all nine', link: '/boats' },
      ])
      .meta({ label: 'Buttons', help: 'The first one is filled.' }),
    ...pictureFields(
      'hero',
      'A white half-decked boat with tan sails and a crew of two on a wide river, a heron watching from the reeds',
    ),
  }),
  summary: 'heading',
  parents: [...BAND_PARENTS],
});
