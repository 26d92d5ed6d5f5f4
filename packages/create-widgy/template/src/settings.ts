import { defineSetting, defineSettings } from 'widgy/settings';
import { z } from 'zod';

const title = defineSetting({
  name: 'site.title',
  label: 'Title',
  help: 'At the top of every page.',
  schema: z.string().min(1).max(60).default('My site'),
  isEditable: true,
  isPublic: true,
});

const colour = defineSetting({
  name: 'site.colour',
  label: 'Colour',
  help: 'Of links, buttons and the line at the top.',
  schema: z.string().default('#2f5d8a').meta({ kind: 'colour' }),
  isEditable: true,
  isPublic: true,
});

const footer = defineSetting({
  name: 'site.footer',
  label: 'Footer',
  help: 'At the end of every page.',
  schema: z.string().max(200).default('Made with Widgy.'),
  isEditable: true,
  isPublic: true,
});

/** What people can change of the whole site, and templates get as settings.site.title and so on. */
export const settings = defineSettings([title, colour, footer], { groups: { site: 'The site' } });
