import { defineWidget } from 'widgy/widgets';
import { z } from 'zod';
import { BAND_PARENTS, line, words } from '../fields.ts';

/** Who works at the yard. */
export const people = defineWidget({
  type: 'people',
  label: 'People',
  description: 'Who works here.',
  keywords: ['team', 'staff'],
  directory: import.meta.dirname,
  files: ['render.liquid', 'style.scss'],
  fields: z.object({
    heading: line('Heading', 'Three of us, all year'),
    text: words('Text', 'And in summer two students, who change, and a cat, who does not.'),
    people: z
      .array(z.object({ name: line('Name', ''), role: line('What they do', ''), text: words('Text', '') }))
      .max(12)
      .default([
        {
          name: 'Nell Larter',
          role: 'Builds',
          text: 'Third Larter at this bench. Served her time at Hallam and came back when the roof needed doing.',
        },
        {
          name: 'Conrad Bly',
          role: 'Mends',
          text: 'Thirty-one years of other people’s boats. Taps a hull with his knuckle and writes the estimate.',
        },
        {
          name: 'Ines Okafor',
          role: 'Runs the hire',
          text: 'Answers the telephone, teaches the beginners, and decides at eight each morning whether it is too windy.',
        },
      ])
      .meta({ label: 'People' }),
  }),
  summary: 'heading',
  parents: [...BAND_PARENTS],
});
