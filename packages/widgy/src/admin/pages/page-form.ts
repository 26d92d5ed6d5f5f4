import { z } from 'zod';
import {
  type LinkFields,
  type ListedPage,
  MAX_META_DESCRIPTION_LENGTH,
  MAX_META_TITLE_LENGTH,
  MAX_TARGET_LENGTH,
  MAX_TITLE_LENGTH,
  type PageFieldError,
  type PageFields,
  type PageRefusal,
  type PageStore,
} from '../../pages/index.ts';
import type { JsonObject } from '../../tree/json.ts';
import type { LinkGroup } from '../../widgets/fields/link-choices.ts';
import type { SubmittedEntries } from '../../widgets/fields/read-submission.ts';
import { type AdminForm, adminForm, type ShownForm } from '../form.ts';
import { localOfTime, timeOfLocal } from '../words.ts';

/** What a page can be. */
export type PageKind = 'page' | 'link';

/** What a form of a page comes to: fields for `createPage` and `changePage`, or for `createLink`. */
export type PageValues =
  | { readonly kind: 'page'; readonly fields: PageFields }
  | { readonly kind: 'link'; readonly fields: LinkFields };

/** The form of a page, as it is shown. */
export interface PageForm {
  readonly print: (links?: readonly LinkGroup[]) => string;
  /** The same with what the pages had against it. */
  readonly refused: (refusal: PageRefusal) => PageForm;
}

/** A form of a page that was sent: what to keep, or the form to show again. */
export type ReadPageForm =
  | { readonly ok: true; readonly values: PageValues; readonly form: PageForm }
  | { readonly ok: false; readonly form: PageForm };

/** Shows an empty form for a new page or link. */
export function showNewPage(pages: PageStore, kind: PageKind): PageForm {
  return pageForm(newForm(pages, kind).show());
}

/** Reads a form for a new page or link. */
export function readNewPage(pages: PageStore, kind: PageKind, entries: SubmittedEntries): ReadPageForm {
  return readWith(newForm(pages, kind), entries, { kind, now: pages.now() });
}

/** Shows what a page says of itself. */
export function showPageDetails(pages: PageStore, listed: ListedPage): PageForm {
  return pageForm(detailsForm(pages, listed.page.kind).show(valuesOf(pages, listed)));
}

/** Reads what a page is to say of itself. */
export function readPageDetails(
  pages: PageStore,
  listed: ListedPage,
  entries: SubmittedEntries,
): ReadPageForm {
  const { page } = listed;
  const publishedAt = page.kind === 'link' ? page.publishedAt : null;
  return readWith(detailsForm(pages, page.kind), entries, {
    ...{ kind: page.kind, now: pages.now(), publishedAt },
    current: valuesOf(pages, listed),
  });
}

function newForm({ menus }: PageStore, kind: PageKind): AdminForm<unknown> {
  return adminForm('page', z.object({ ...titleFields(kind), ...menuField(menus) }));
}

function detailsForm({ menus, templates, mounts }: PageStore, kind: PageKind): AdminForm<unknown> {
  const only = kind === 'page' ? { ...choiceField('template', 'Template', templates), ...SEARCH_FIELDS } : {};
  const mount = kind === 'page' ? choiceField('mount', 'What answers below it', mounts) : {};
  return adminForm(
    'page',
    z.object({ ...titleFields(kind), ...menuField(menus), ...only, ...mount, ...VISIBLE_FIELDS }),
  );
}

const titleFields = (kind: PageKind) => ({
  title: z
    .string()
    .min(1, 'Enter a title.')
    .max(MAX_TITLE_LENGTH)
    .default('New page')
    .meta({ label: 'Title' }),
  slug: z.string().default('').meta({
    label: 'Address',
    help: 'Its last part, such as our-boats. Leave it blank to make it from the title.',
  }),
  ...(kind === 'page'
    ? {}
    : {
        target: z.string().max(MAX_TARGET_LENGTH).default('/').meta({
          label: 'Leads to',
          kind: 'link',
          help: 'A page of this site, or an address such as https://example.org.',
        }),
        isPublished: z.boolean().default(true).meta({ label: 'Show it to visitors' }),
      }),
});

const SEARCH_FIELDS = {
  metaTitle: z.string().max(MAX_META_TITLE_LENGTH).default('').meta({
    label: 'Title for search engines',
    help: 'Leave it blank to use the title and the name of the site.',
  }),
  metaDescription: z.string().max(MAX_META_DESCRIPTION_LENGTH).default('').meta({
    label: 'Description for search engines',
    kind: 'long-text',
    help: 'Leave it blank to use the first text of the page.',
  }),
  isIndexed: z.boolean().default(true).meta({ label: 'Search engines may list it' }),
  isListedInSitemap: z.boolean().default(true).meta({ label: 'It is in the sitemap' }),
};

const VISIBLE_FIELDS = {
  needsSignIn: z.boolean().default(false).meta({ label: 'Only people who are signed in see it' }),
  expiresAt: z.iso
    .datetime({ local: true })
    .nullable()
    .default(null)
    .meta({ label: 'Visitors see it until', help: 'In UTC. Leave it blank for as long as it is published.' }),
};

function menuField(menus: PageStore['menus']) {
  const names = [...menus.keys()];
  if (names.length === 0) return {};
  const options = Object.fromEntries(Array.from(menus, ([name, { label }]) => [name, label]));
  return { menus: z.array(z.enum(names)).default([]).meta({ label: 'Menus', options }) };
}

/** A choice among names; none of them is the first one, or nothing. */
function choiceField(name: string, label: string, known: ReadonlyMap<string, string>) {
  const names = [...known.keys()];
  if (names.length === 0 || (name === 'template' && names.length === 1)) return {};
  const options = Object.fromEntries(known);
  return { [name]: z.enum(names).nullable().default(null).meta({ label, options }) };
}

function valuesOf(pages: PageStore, { page, menus }: ListedPage): JsonObject {
  const [first = null] = pages.templates.keys();
  return {
    ...{ title: page.title, slug: page.slug, menus: [...menus], template: page.template ?? first },
    ...{ mount: page.mount, metaTitle: page.metaTitle, metaDescription: page.metaDescription },
    ...{
      isIndexed: page.isIndexed,
      isListedInSitemap: page.isListedInSitemap,
      needsSignIn: page.needsSignIn,
    },
    expiresAt: page.expiresAt === null ? null : localOfTime(page.expiresAt),
    ...(page.kind === 'link' ? { target: page.target, isPublished: page.publishedAt !== null } : {}),
  };
}

/** What any of the forms gives. */
const READ = z.object({
  title: z.string(),
  slug: z.string(),
  target: z.string().default(''),
  isPublished: z.boolean().optional(),
  menus: z.array(z.string()).optional(),
  template: z.string().nullable().optional(),
  mount: z.string().nullable().optional(),
  metaTitle: z.string().optional(),
  metaDescription: z.string().optional(),
  isIndexed: z.boolean().optional(),
  isListedInSitemap: z.boolean().optional(),
  needsSignIn: z.boolean().optional(),
  expiresAt: z.string().nullable().optional(),
});

function readWith(
  form: AdminForm<unknown>,
  entries: SubmittedEntries,
  { kind, now, publishedAt = null, current }: Reading,
): ReadPageForm {
  const read = form.read(entries, current);
  const shown = pageForm(read.form);
  if (!read.ok) return { ok: false, form: shown };
  const { expiresAt, target, isPublished, ...fields } = READ.parse(read.values);
  const until = expiresAt == null ? expiresAt : timeOfLocal(expiresAt);
  const own = { ...fields, expiresAt: until };
  const since = isPublished === true ? (publishedAt ?? now) : null;
  const values: PageValues =
    kind === 'page' ? { kind, fields: own } : { kind, fields: { ...own, target, publishedAt: since } };
  return { ok: true, values, form: shown };
}

/** What a form that was sent is read for. */
interface Reading {
  readonly kind: PageKind;
  readonly now: number;
  /** Since when a link is shown. */
  readonly publishedAt?: number | null;
  /** What counts for controls that were not sent. */
  readonly current?: JsonObject;
}

function pageForm(form: ShownForm): PageForm {
  return {
    print: (links) => form.print(links).toString(),
    refused: (refusal) => pageForm(form.withErrors(errorsOf(refusal))),
  };
}

/** What the pages refused, under the names of controls. */
function errorsOf(refusal: PageRefusal): readonly PageFieldError[] {
  switch (refusal.code) {
    case 'fields-invalid':
      return refusal.errors;
    case 'slug-taken':
    case 'slug-reserved':
    case 'path-too-long':
      return [{ field: 'slug', message: refusal.what }];
    default:
      return [{ field: '', message: refusal.what }];
  }
}
