import { z } from 'zod';
import { defineWidget } from '../../widgets/define-widget.ts';

/** A picture. Of one from the media of the site, its size and its description are known. */
export const image = defineWidget({
  type: 'image',
  label: 'Image',
  description: 'A picture.',
  keywords: ['photo', 'picture', 'illustration'],
  directory: import.meta.dirname,
  files: ['render.liquid', 'style.css'],
  groups: ['callout-content'],
  fields: z.object({
    image: z.string().max(2000).default('').meta({
      label: 'Picture',
      help: 'One of those under Media, or the address of one elsewhere.',
      kind: 'image',
    }),
    alt: z.string().max(300).default('').meta({
      label: 'Description',
      help: 'Says what the picture shows, to people who do not see it. Left empty, the description of the file holds.',
    }),
    isDecorative: z.boolean().default(false).meta({
      label: 'Only decoration',
      help: 'The picture says nothing that the text does not say: then it has no description.',
    }),
  }),
  summary: 'alt',
});
