import { defineWidget } from 'widgy/widgets';
import { z } from 'zod';
import { BAND_PARENTS, line, words } from '../fields.ts';

/** What the price includes, point by point. */
export const terms = defineWidget({
  type: 'terms',
  label: 'What is included',
  description: 'A list of what the price includes, with a note.',
  keywords: ['list'],
  directory: import.meta.dirname,
  files: ['render.liquid', 'style.scss'],
  fields: z.object({
    heading: line('Heading', 'What the price includes'),
    points: z
      .array(z.object({ text: line('Text', '') }))
      .max(20)
      .default([
        { text: 'Lifejackets from 10 kg upwards, and a spare' },
        { text: 'Half an hour of teaching, longer if you need it' },
        { text: 'Chart, bailer, mud weight, a paddle for when the wind drops' },
        { text: 'Dogs, on the floor rather than the varnish' },
        { text: 'Your money back if we call the day off for wind' },
      ])
      .meta({ label: 'Points' }),
    note: words(
      'Note',
      'A deposit of £50 is held on a card and let go when the boat is back. Whoever steers a launch or a sailing boat has to be eighteen; rowers twelve, with an adult aboard.',
    ),
  }),
  summary: 'heading',
  parents: [...BAND_PARENTS],
});
