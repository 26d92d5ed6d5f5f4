import { z } from 'zod';
import { defineWidget } from '../../widgets/define-widget.ts';

/** A picture, a table or whatever else, with a caption, beside or between the text. */
export const figure = defineWidget({
  type: 'figure',
  label: 'Figure',
  description: 'A picture, or something else, with a caption.',
  keywords: ['caption'],
  directory: import.meta.dirname,
  files: ['render.liquid', 'style.css'],
  fields: z.object({
    position: z
      .enum(['middle', 'start', 'end'])
      .default('middle')
      .meta({
        label: 'Position',
        help: 'Beside the text there has to be room: on narrow screens it stands between the text.',
        options: {
          middle: 'Between the text',
          start: 'Beside the text, where lines begin',
          end: 'Beside the text, where lines end',
        },
      }),
    title: z.string().max(200).default('').meta({ label: 'Title' }),
    caption: z.string().max(1000).default('').meta({ label: 'Caption', kind: 'long-text' }),
  }),
  summary: 'title',
  notInsideItself: true,
  children: { accept: ['*'], default: ['image'] },
});
