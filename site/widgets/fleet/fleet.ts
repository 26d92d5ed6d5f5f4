import { defineWidget } from 'widgy/widgets';
import { z } from 'zod';
import { BAND_PARENTS, line, words } from '../fields.ts';

/** The fleet, which the code knows, with a filter. On a page that mounts `fleet`, the filter works without scripts too. */
export const fleet = defineWidget({
  type: 'fleet',
  label: 'All boats',
  description: 'The whole fleet, with a filter.',
  keywords: ['catalogue', 'products'],
  directory: import.meta.dirname,
  files: ['render.liquid', 'style.scss', 'client.ts'],
  fields: z.object({
    noneHeading: line('Heading where no boat is left', 'No boat like that here'),
    noneText: words(
      'Text where no boat is left',
      'Ring {phone} and describe what you have in mind. Somebody on the river will have one.',
      '{phone} is replaced by the telephone number of the settings.',
    ),
    all: line('Text of the link to all boats', 'Show all nine'),
  }),
  parents: [...BAND_PARENTS],
});
