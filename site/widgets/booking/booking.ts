import { defineWidget } from 'widgy/widgets';
import { z } from 'zod';
import { BAND_PARENTS, line } from '../fields.ts';

/** The form with which visitors ask for a boat. On a page that mounts `booking` it knows the days that can be booked. */
export const booking = defineWidget({
  type: 'booking',
  label: 'Booking form',
  description: 'The form with which visitors ask for a boat, and words beside it.',
  keywords: ['contact', 'request'],
  directory: import.meta.dirname,
  files: ['render.liquid', 'style.scss', 'client.ts'],
  fields: z.object({
    send: line('Text of the button', 'Send the request'),
    aside: line(
      'Name of the words beside it',
      'About booking',
      'It is read aloud to people who do not see the form.',
    ),
  }),
  children: { accept: ['*'] },
  notInsideItself: true,
  parents: [...BAND_PARENTS],
});
