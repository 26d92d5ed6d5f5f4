import { defineWidget } from 'widgy/widgets';
import { z } from 'zod';
import { BAND_PARENTS, line, pictureFields, words } from '../fields.ts';

/** Workshop work with what it costs. */
export const jobs = defineWidget({
  type: 'jobs',
  label: 'Workshop',
  description: 'Work that the yard does, with prices, beside a picture.',
  keywords: ['services', 'prices'],
  directory: import.meta.dirname,
  files: ['render.liquid', 'style.scss'],
  fields: z.object({
    heading: line('Heading', 'In winter we mend them'),
    text: words(
      'Text',
      'From November the hire boats are ashore and the shed is full of other people’s. Bring yours before the end of September if you want her under the roof.',
    ),
    jobs: z
      .array(z.object({ name: line('Work', ''), price: line('Price', ''), text: words('Text', '') }))
      .max(12)
      .default([
        {
          name: 'Winter lay-up',
          price: 'from £340',
          text: 'Out of the water, washed, dried under cover, mast and sails stored, back in by Easter.',
        },
        {
          name: 'Planks, ribs and keels',
          price: '£46 an hour',
          text: 'We look first and write down what we find. You get the list before we lift a plank.',
        },
        {
          name: 'Paint and varnish',
          price: 'from £28 a foot',
          text: 'Seven coats, brushed. The eighth is yours if you want to say you helped.',
        },
        {
          name: 'A new boat',
          price: 'from £9,600',
          text: 'Ten to eighteen feet, clinker, in larch or cedar. We finish one a year, sometimes two.',
        },
      ])
      .meta({ label: 'Work' }),
    ...pictureFields('shed', 'Inside the shed: a clinker hull on the stocks, half planked, under a red lamp'),
  }),
  summary: 'heading',
  parents: [...BAND_PARENTS],
});
