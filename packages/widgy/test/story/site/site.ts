import { definePermissions, permissionsFor } from 'widgy/accounts';
import { library, libraryKinds, unsafeHtml, unsafeKinds } from 'widgy/library';
import { defineSetting, defineSettings } from 'widgy/settings';
import { defineSite, defineWidget } from 'widgy/widgets';
import { z } from 'zod';

/** A widget of the site's own, whose style needs Sass and whose script needs TypeScript to be made. */
const tide = defineWidget({
  type: 'tide',
  label: 'Tide',
  directory: `${import.meta.dirname}/widgets/tide`,
  fields: z.object({ text: z.string().default('').meta({ label: 'Text' }) }),
});

export const site = defineSite({
  folder: import.meta.dirname,
  widgets: [...library, unsafeHtml, tide],
  kinds: { ...libraryKinds, ...unsafeKinds },
  permissions: permissionsFor(),
});

export const permissions = definePermissions(site, { special: ['unsafe-html'] });

export const settings = defineSettings([
  defineSetting({
    name: 'site.colour',
    label: 'Brand colour',
    schema: z.string().default('#0c6350').meta({ kind: 'colour' }),
    isEditable: true,
    isPublic: true,
  }),
  defineSetting({
    name: 'site.corners',
    label: 'How round corners are',
    schema: z.enum(['0', '0.5rem']).default('0.5rem'),
    isPublic: true,
  }),
]);
