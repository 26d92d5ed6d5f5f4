import { defineWidget } from 'widgy/widgets';
import { z } from 'zod';
import { BAND_PARENTS, line, words } from '../fields.ts';

/** What people read after they asked for a boat: on a page that mounts `thanks` it says which. */
export const thanks = defineWidget({
  type: 'thanks',
  label: 'Thanks for a booking',
  description: 'What people read after they asked for a boat.',
  directory: import.meta.dirname,
  files: ['render.liquid'],
  fields: z.object({
    heading: line('Title of the page', 'Thank you, it is in the book'),
    asked: words(
      'Text that names boat and day',
      'You asked for {boat} on {day}. Ines will write back by tomorrow morning to say yes, or to suggest the nearest day she is free.',
      '{boat} and {day} are replaced by what was asked for.',
    ),
    otherwise: words(
      'Text without them',
      'Ines will write back by tomorrow morning to say yes, or to suggest the nearest day that is free.',
    ),
    note: words('Note', 'Bring a jersey, soft shoes and something to eat. We have the rest.'),
  }),
  summary: 'heading',
  parents: [...BAND_PARENTS],
});
