import { z } from 'zod';
import { defineWidget } from '../../widgets/define-widget.ts';

/** Shows a call-out that many pages share. Whoever changes it changes it everywhere. */
export const callout = defineWidget({
  type: 'callout',
  label: 'Call-out',
  description:
    'A piece of content that several pages share: what is published of it is shown on all of them.',
  keywords: ['shared', 'reusable', 'global'],
  directory: import.meta.dirname,
  files: ['render.liquid', 'style.css'],
  fields: z.object({
    callout: z.string().max(200).default('').meta({
      label: 'Call-out',
      help: 'One of those that the site has. They are written under Call-outs.',
      kind: 'callout',
    }),
    look: z
      .enum(['box', 'plain'])
      .default('box')
      .meta({ label: 'Look', options: { box: 'In a box', plain: 'As the text around it' } }),
  }),
});
