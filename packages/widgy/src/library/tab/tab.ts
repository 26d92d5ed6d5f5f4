import { z } from 'zod';
import { defineWidget } from '../../widgets/define-widget.ts';

/** One of some tabs. Its id on the page is that of the widget, so that links to it hold when its title changes. */
export const tab = defineWidget({
  type: 'tab',
  label: 'Tab',
  description: 'One part of some tabs.',
  directory: import.meta.dirname,
  files: ['render.liquid', 'style.css'],
  fields: z.object({
    title: z.string().max(80).default('Tab').meta({ label: 'Title', help: 'One or two words.' }),
  }),
  summary: 'title',
  parents: ['tabs'],
  children: { accept: ['*'] },
});
