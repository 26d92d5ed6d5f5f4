import { z } from 'zod';
import { defineWidget } from '../../widgets/define-widget.ts';

/**
 * HTML that is shown as it was typed, scripts and all. Whoever may edit it can do everything that a visitor, an editor or an
 * administrator who opens the page can do. So it is not in `library`: a site that wants it adds it and its kind of field.
 */
export const unsafeHtml = defineWidget({
  type: 'unsafe-html',
  label: 'Unsafe HTML',
  description:
    'HTML that is shown as it is typed. A mistake in it can break the page, and a script in it can act for everybody who opens it.',
  keywords: ['embed', 'script', 'iframe', 'widget', 'map'],
  directory: import.meta.dirname,
  fields: z.object({
    markup: z.string().default('').meta({
      label: 'HTML',
      help: 'Nothing is taken out. Paste only what you understand, from people you trust.',
      kind: 'unsafe-html',
    }),
  }),
});
