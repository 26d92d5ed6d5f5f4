import { defineWidget } from 'widgy/widgets';
import { z } from 'zod';
import { BAND_PARENTS, line, words } from '../fields.ts';

/** The yard so far. */
export const history = defineWidget({
  type: 'history',
  label: 'History',
  description: 'Years and what happened in them.',
  keywords: ['timeline'],
  directory: import.meta.dirname,
  files: ['render.liquid', 'style.scss'],
  fields: z.object({
    heading: line('Heading', 'Since 1898'),
    events: z
      .array(z.object({ year: line('Year', ''), text: words('Text', '') }))
      .max(20)
      .default([
        {
          year: '1898',
          text: 'Amos Larter rents the staithe to build wherries’ boats and mends eel traps to pay for it.',
        },
        {
          year: '1934',
          text: 'Avocet is launched, the first boat built here for pleasure. She is still in the fleet.',
        },
        {
          year: '1953',
          text: 'The January flood takes the roof, the timber stack and four boats. Three are found.',
        },
        { year: '1994', text: 'Conrad Bly comes for a summer job.' },
        { year: '2011', text: 'Nell takes over from her father and puts Conrad’s name on the sign.' },
        { year: '2019', text: 'Both launches go over to batteries, charged from the shed roof.' },
      ])
      .meta({ label: 'Years' }),
  }),
  summary: 'heading',
  parents: [...BAND_PARENTS],
});
