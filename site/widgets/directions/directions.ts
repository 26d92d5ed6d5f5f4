import { defineWidget } from 'widgy/widgets';
import { z } from 'zod';
import { anchor, BAND_PARENTS, line, pictureFields, words } from '../fields.ts';

/** Ways to reach the yard. */
export const directions = defineWidget({
  type: 'directions',
  label: 'Directions',
  description: 'Ways to get here, beside a picture.',
  keywords: ['map', 'how to find us'],
  directory: import.meta.dirname,
  files: ['render.liquid', 'style.scss'],
  fields: z.object({
    heading: line('Heading', 'Getting here'),
    ways: z
      .array(z.object({ by: line('By', ''), text: words('Text', '') }))
      .max(8)
      .default([
        {
          by: 'Train',
          text: 'Hallam is forty minutes from Norwich. The 6 bus meets most trains and stops at Ludney church, five minutes’ walk away.',
        },
        {
          by: 'Bicycle',
          text: 'Four flat miles from Hallam on the old railway. There is a rack inside the gate and a pump on the wall.',
        },
        {
          by: 'Car',
          text: 'Follow Staithe Lane to the end, past the church. Fourteen spaces, two of them level and next to the office.',
        },
        {
          by: 'Boat',
          text: 'Ninety feet of quay upstream of the slip, five feet at low water. First two hours free, water on the tap.',
        },
      ])
      .meta({ label: 'Ways' }),
    ...pictureFields(
      'chart',
      'Chart of the Wend at Ludney; the yard, marked 1, is where the lane from the village meets the river',
    ),
    caption: line('Caption', 'We are number 1, where the lane from the village meets the river.'),
    anchor: anchor('visit'),
  }),
  summary: 'heading',
  parents: [...BAND_PARENTS],
});
