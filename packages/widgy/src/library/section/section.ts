import { z } from 'zod';
import { defineWidget } from '../../widgets/define-widget.ts';

/** Characters in the name of a section that links can lead to. */
export const MAX_ANCHOR_LENGTH = 60;

/** A part of a page with a background of its own, which links can lead to. */
export const section = defineWidget({
  type: 'section',
  label: 'Section',
  description: 'A part of the page with a background and a width of its own.',
  keywords: ['container', 'group', 'background', 'band', 'row', 'anchor'],
  directory: import.meta.dirname,
  files: ['render.liquid', 'style.css'],
  fields: z.object({
    tone: z
      .enum(['plain', 'soft', 'accent'])
      .default('plain')
      .meta({
        label: 'Background',
        options: { plain: 'None', soft: 'Soft', accent: 'In the colour of the site' },
      }),
    width: z
      .enum(['text', 'wide', 'full'])
      .default('text')
      .meta({
        label: 'Width of what is in it',
        options: { text: 'A line that reads well', wide: 'Wide', full: 'From edge to edge' },
      }),
    anchor: z
      .string()
      .max(MAX_ANCHOR_LENGTH)
      .regex(
        /^(?:[a-z][a-z0-9]*(?:-[a-z0-9]+)*)?$/,
        'Use small letters, digits and single hyphens, beginning with a letter.',
      )
      .default('')
      .meta({
        label: 'Name for links',
        help: 'Small letters, digits and hyphens, such as prices. Links lead here as #at-prices.',
      }),
  }),
  summary: 'anchor',
  parents: ['layout'],
  notInsideItself: true,
  children: { accept: ['*'] },
});
