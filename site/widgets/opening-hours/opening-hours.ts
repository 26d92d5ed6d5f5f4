import { defineWidget } from 'widgy/widgets';
import { z } from 'zod';
import { anchor, BAND_PARENTS, line, words } from '../fields.ts';

/** The opening hours, which the code knows since the sign in the header follows them. */
export const openingHours = defineWidget({
  type: 'opening-hours',
  label: 'Opening hours',
  description: 'When the yard is open, and what else to know before coming.',
  keywords: ['times'],
  directory: import.meta.dirname,
  files: ['render.liquid', 'style.scss'],
  fields: z.object({
    heading: line('Heading', 'Opening hours'),
    moreHeading: line('Second heading', 'Getting aboard'),
    moreText: words(
      'Text below it',
      'The path from the gate to the quay is level and hard. There is a hoist on the pontoon and one place in Bittern where a wheelchair is strapped down. Ring the day before and Ines will have the ramp out. The lavatory is beside the office and has grab rails.',
    ),
    anchor: anchor('hours'),
  }),
  summary: 'heading',
  parents: [...BAND_PARENTS],
});
