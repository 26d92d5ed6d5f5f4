import { defineWidget } from 'widgy/widgets';
import { z } from 'zod';
import { BAND_PARENTS, line, words } from '../fields.ts';

/** Entries from the book that lies on the bench. */
export const log = defineWidget({
  type: 'log',
  label: 'Log',
  description: 'Entries of the book on the bench.',
  keywords: ['news', 'blog', 'diary'],
  directory: import.meta.dirname,
  files: ['render.liquid', 'style.scss'],
  fields: z.object({
    heading: line('Heading', 'From the book on the bench'),
    entries: z
      .array(
        z.object({
          date: z.iso.date().default('2026-01-01').meta({ label: 'Day' }),
          text: words('Text', ''),
        }),
      )
      .max(12)
      .default([
        {
          date: '2026-10-31',
          text: 'Last hire of the year, a family of five in Bittern, home at dusk with the lamp lit. Fleet out on Monday.',
        },
        {
          date: '2026-10-12',
          text: 'Avocet on the slip. Garboard soft for two feet aft of the mast step, as Conrad said it would be.',
        },
        {
          date: '2026-09-20',
          text: 'Ludney to the sea and back, eleven boats. Snipe first home by three lengths, crew aged 71 and 68.',
        },
      ])
      .meta({ label: 'Entries', help: 'The newest first.' }),
  }),
  summary: 'heading',
  parents: [...BAND_PARENTS],
});
