import { z } from 'zod';
import { defineWidget } from '../../widgets/define-widget.ts';

/** One section of an accordion. */
export const accordionSection = defineWidget({
  type: 'accordion-section',
  label: 'Section of an accordion',
  description: 'A title, and what opens below it.',
  directory: import.meta.dirname,
  files: ['render.liquid', 'style.css'],
  fields: z.object({
    title: z.string().max(200).default('Section').meta({ label: 'Title' }),
    isOpen: z.boolean().default(false).meta({ label: 'Open from the beginning' }),
  }),
  summary: 'title',
  parents: ['accordion'],
  children: { accept: ['*'] },
});
