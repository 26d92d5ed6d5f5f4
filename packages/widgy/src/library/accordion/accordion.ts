import { z } from 'zod';
import { defineWidget } from '../../widgets/define-widget.ts';

/** Sections of which visitors open those that they want to read. It works without a script. */
export const accordion = defineWidget({
  type: 'accordion',
  label: 'Accordion',
  description: 'Sections of which visitors open those that they want to read.',
  keywords: ['faq', 'questions', 'collapse', 'expand', 'toggle'],
  directory: import.meta.dirname,
  files: ['render.liquid', 'style.css'],
  fields: z.object({
    isExclusive: z.boolean().default(false).meta({
      label: 'One at a time',
      help: 'Opening a section closes the others. People who compare sections like them to stay open.',
    }),
  }),
  notInsideItself: true,
  children: {
    accept: ['accordion-section'],
    default: ['accordion-section', 'accordion-section'],
    min: 1,
  },
});
