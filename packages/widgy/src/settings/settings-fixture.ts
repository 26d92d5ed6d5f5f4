import { z } from 'zod';
import { defineSetting } from './define-setting.ts';
import { defineSettings } from './define-settings.ts';

/** Settings of a boatyard, one of each sort. */
export const title = defineSetting({
  name: 'site.title',
  label: 'Title',
  help: 'Shown on every page',
  schema: z.string().max(20).default('Boatyard'),
  isEditable: true,
  isPublic: true,
});
export const colour = defineSetting({
  name: 'site.colour',
  label: 'Brand colour',
  schema: z.string().default('#1d4f5c').meta({ kind: 'colour' }),
  isEditable: true,
  isPublic: true,
});
export const links = defineSetting({
  name: 'site.links',
  label: 'Links in the footer',
  schema: z
    .array(
      z.object({
        label: z.string().min(1).default('Link'),
        to: z.string().default('/').meta({ kind: 'link' }),
      }),
    )
    .max(3)
    .default([]),
  isEditable: true,
  isPublic: true,
});
export const perPage = defineSetting({
  name: 'list.perPage',
  label: 'Boats on one page',
  schema: z.int().min(1).max(100).default(10),
  isEditable: true,
});
export const theme = defineSetting({
  name: 'list.theme',
  label: 'Theme',
  schema: z.enum(['harbour', 'dune']).default('harbour'),
  isPublic: true,
});
export const note = defineSetting({
  name: 'list.note',
  label: 'Note',
  schema: z.string().nullable().default('none'),
  isEditable: true,
});
export const password = defineSetting({
  name: 'mail.password',
  label: 'Password',
  schema: z.string().max(50).default(''),
  isEditable: true,
  isSecret: true,
});

/** All of them. */
export const boatyard = defineSettings([title, colour, links, perPage, theme, note, password], {
  groups: { site: 'The site' },
});
