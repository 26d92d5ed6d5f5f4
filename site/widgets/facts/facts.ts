import { defineWidget } from 'widgy/widgets';
import { z } from 'zod';
import { BAND_PARENTS, line } from '../fields.ts';

/** Short facts in a row, the time of sunset among them if wanted. */
export const facts = defineWidget({
  type: 'facts',
  label: 'Facts',
  description: 'A dark row of short facts.',
  keywords: ['numbers', 'statistics', 'key figures'],
  directory: import.meta.dirname,
  files: ['render.liquid', 'style.scss', 'client.ts'],
  fields: z.object({
    facts: z
      .array(z.object({ name: line('Name', ''), value: line('Fact', '') }))
      .max(6)
      .default([
        { name: 'Season', value: 'April to October' },
        { name: 'Morning', value: '9.30 to 13.00' },
        { name: 'Afternoon', value: '13.30 to 17.00' },
      ])
      .meta({ label: 'Facts' }),
    hasSunset: z.boolean().default(true).meta({
      label: 'With the time of sunset',
      help: 'Today’s, at Ludney. It is shown where scripts run.',
    }),
  }),
  parents: [...BAND_PARENTS],
});
