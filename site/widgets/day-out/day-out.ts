import { defineWidget } from 'widgy/widgets';
import { z } from 'zod';
import { BAND_PARENTS, line, pictureFields, words } from '../fields.ts';

/** The stops of a day on the water. Their numbers are those of the chart. */
export const dayOut = defineWidget({
  type: 'day-out',
  label: 'A day out',
  description: 'Stops of a day, with their times, beside a picture.',
  keywords: ['map', 'timeline', 'steps'],
  directory: import.meta.dirname,
  files: ['render.liquid', 'style.scss'],
  fields: z.object({
    heading: line('Heading', 'A day out, more or less'),
    text: words(
      'Text',
      'There is no tide to catch above Tunn’s Mill and no bridge to lower the mast for, so the times are only ours.',
    ),
    stops: z
      .array(z.object({ time: line('Time', ''), place: line('Place', ''), text: words('Text', '') }))
      .max(9)
      .default([
        {
          time: '9.30',
          place: 'Larter & Bly',
          text: 'Lifejackets, a look at the chart, and as much teaching as you want. It is included.',
        },
        {
          time: '11.30',
          place: 'Ludney Broad',
          text: 'Two miles up. Moor to the west bank posts; the east side is left to the terns until August.',
        },
        {
          time: '13.00',
          place: 'Eel Hatch',
          text: 'A mown bank with two willows and a table. Bring your own, or wait for the pub.',
        },
        {
          time: '14.30',
          place: 'The Ferry Inn',
          text: 'Free mooring for an hour if you eat. Ask for Maureen’s smoked eel when there is any.',
        },
      ])
      .meta({ label: 'Stops', help: 'In their order: they are numbered like the marks on the chart.' }),
    ...pictureFields(
      'chart',
      'Chart of the River Wend: from the yard past the Ferry Inn and Eel Hatch up to Ludney Broad, two miles',
    ),
  }),
  summary: 'heading',
  parents: [...BAND_PARENTS],
});
