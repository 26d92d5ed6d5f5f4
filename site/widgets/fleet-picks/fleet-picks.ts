import { defineWidget } from 'widgy/widgets';
import { z } from 'zod';
import { boats } from '../../src/boats.ts';
import { BAND_PARENTS, line, link, words } from '../fields.ts';

/** A few boats of the fleet, which the code knows. */
export const fleetPicks = defineWidget({
  type: 'fleet-picks',
  label: 'Some of the boats',
  description: 'A few boats of the fleet, side by side.',
  keywords: ['cards', 'gallery', 'columns'],
  directory: import.meta.dirname,
  files: ['render.liquid'],
  fields: z.object({
    heading: line('Heading', 'Three to start with'),
    text: words(
      'Text',
      'If you have never sailed, take Teal. If you would rather not, take Bittern and a picnic.',
    ),
    boats: z
      .array(z.enum(boats.map(({ id }) => id)))
      .max(6)
      .default(['teal', 'snipe', 'bittern'])
      .meta({
        label: 'Boats',
        options: Object.fromEntries(boats.map(({ id, name }) => [id, name])),
      }),
    more: line('Text of the link', 'All nine boats and their prices'),
    link: link('Link', '/boats'),
  }),
  summary: 'heading',
  parents: [...BAND_PARENTS],
});
