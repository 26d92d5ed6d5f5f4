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
import { fieldOf, isSameJson, type JsonObject } from '../../tree/json.ts';
import { controlName, FORM_PREFIX } from '../../widgets/fields/form-names.ts';
import { asJson, isJsonObject } from '../../widgets/fields/json-schema.ts';
import type { LinkGroup } from '../../widgets/fields/link-choices.ts';
import type { SubmittedEntries } from '../../widgets/fields/read-submission.ts';
import { type AdminForm, adminForm, type ShownForm } from '../form.ts';
import { localOfTime, timeOfLocal } from '../words.ts';
import { PAGE_FIELDS, type PageField } from './page-rights.ts';

/** What a page can be. */
export type PageKind = 'page' | 'link';

/** What a form of a page comes to: fields for `createPage` and `changePage`, or for `createLink`. */
export type PageValues =
  | { readonly kind: 'page'; readonly fields: PageFields }
  | { readonly kind: 'link'; readonly fields: LinkFields };

/** The form of a page as it is printed, in parts; empty texts for parts without a field. */
export interface PrintedPageForm {
  readonly main: string;
  /** What few people need, and whether something is wrong with it. */
  readonly more: string;
  readonly isMoreWrong: boolean;
  /** What whoever looks may not change: to be shown, and not to be sent. */
  readonly locked: string;
}

/** The form of a page, as it is shown. */
export interface PageForm {
  /** @param focus the field that has the focus when the page is opened, where nothing is wrong */
  readonly print: (links?: readonly LinkGroup[], focus?: PageField) => PrintedPageForm;
  /** The same with what the pages had against it. */
  readonly refused: (refusal: PageRefusal) => PageForm;
  /** The same with a sentence above all of it. */
  readonly told: (message: string) => PageForm;
}

/** What somebody wants to change of a page: no more than is other than it was. */
export interface PageChanges {
  /** What becomes another, under the names of the form. */
  readonly changed: readonly PageField[];
  readonly fields: Partial<LinkFields>;
}

/** A form that was sent: what to keep, or the form to show again. */
export type ReadPageForm<Values> =
  | { readonly ok: true; readonly values: Values; readonly form: PageForm }
  | { readonly ok: false; readonly form: PageForm };

/** What is known of who looks at a form, and of the page that it is about. */
export interface FormView {
  /** The fields that they may not change. */
  readonly locked: ReadonlySet<PageField>;
  /** What to say beside the menus. */
  readonly menusNote?: string | undefined;
}

/** Shows an empty form for a new page or link. */
export function showNewPage(pages: PageStore, kind: PageKind, view: FormView): PageForm {
  return newForm(pages, kind, view).show(newValues(pages, kind, view));
}

/** Reads a form for a new page or link. */
export function readNewPage(
  pages: PageStore,
  kind: PageKind,
  view: FormView,
  entries: SubmittedEntries,
): ReadPageForm<PageValues> {
  const read = newForm(pages, kind, view).read(entries, newValues(pages, kind, view));
  if (!read.ok) return read;
  const { title, target, isPublished, slug, menus, template } = SENT.parse(read.values);
  const own = { title: title ?? '', slug, menus };
  const values: PageValues =
    kind === 'page'
      ? { kind, fields: template === undefined ? own : { ...own, template } }
      : { kind, fields: { ...own, target: target ?? '', publishedAt: isPublished ? pages.now() : null } };
  return { ok: true, values, form: read.form };
}

/** Shows what a page says of itself. */
export function showPageDetails(pages: PageStore, listed: ListedPage, view: FormView): PageForm {
  return detailsForm(pages, listed.page.kind, view).show(valuesOf(pages, listed));
}

/** Reads what a page is to say of itself. */
export function readPageDetails(
  pages: PageStore,
  listed: ListedPage,
  view: FormView,
  entries: SubmittedEntries,
): ReadPageForm<PageChanges> {
  const { page } = listed;
  const current = valuesOf(pages, listed);
  const read = detailsForm(pages, page.kind, view).read(entries, current);
  if (!read.ok) return read;
  const changed = PAGE_FIELDS.filter((field) => {
    const value = fieldOf(read.values, field);
    return value !== undefined && !isSameJson(value, fieldOf(current, field) ?? null);
  });
  const others = Object.fromEntries(changed.map((field) => [field, fieldOf(read.values, field)]));
  const { title, target, expiresAt, isPublished, ...fields } = SENT.parse(others);
  return {
    ok: true,
    values: {
      changed,
      fields: {
        ...fields,
        ...(title === undefined ? {} : { title }),
        ...(target === undefined ? {} : { target }),
        ...(expiresAt === undefined ? {} : { expiresAt: expiresAt === null ? null : timeOfLocal(expiresAt) }),
        ...(isPublished === undefined ? {} : { publishedAt: isPublished ? pages.now() : null }),
      },
    },
    form: read.form,
  };
}

/** What any of the forms gives. */
const SENT = z.object({
  title: z.string().optional(),
  slug: z.string().optional(),
  target: z.string().optional(),
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

type Shape = { readonly [Field in PageField]?: z.ZodType };

function newForm(pages: PageStore, kind: PageKind, view: FormView): PartedForm {
  const more: readonly PageField[] = kind === 'link' ? ['slug'] : [];
  // What a new page cannot be yet is not shown at all.
  const look = kind === 'page' ? templateField(pages.templates) : {};
  return partedForm(
    { ...titleFields(kind), ...menuField(pages, view), ...look },
    { more, hidden: view.locked },
  );
}

function newValues({ templates }: PageStore, kind: PageKind, { locked }: FormView): JsonObject {
  const isPublished = !locked.has('isPublished');
  return kind === 'link'
    ? { title: '', slug: '', target: '', isPublished, menus: [] }
    : { title: '', slug: '', menus: [], template: firstOf(templates) };
}

function detailsForm(pages: PageStore, kind: PageKind, view: FormView): PartedForm {
  const { templates, mounts } = pages;
  const only = kind === 'page' ? { ...templateField(templates), ...SEARCH_FIELDS } : {};
  const shape = { ...titleFields(kind), ...menuField(pages, view), ...only, ...VISIBLE_FIELDS };
  return partedForm(kind === 'page' ? { ...shape, ...mountField(mounts) } : shape, { locked: view.locked });
}

function titleFields(kind: PageKind): Shape {
  const title = z
    .string()
    .min(1, 'Enter a title.')
    .max(MAX_TITLE_LENGTH)
    .default('New page')
    .meta({ label: 'Title' });
  const slug = z.string().default('');
  if (kind === 'page') {
    const help = 'Its last part, such as our-boats. Leave it blank to make it from the title.';
    return { title, slug: slug.meta({ label: 'Address', help }) };
  }
  const target = z.string().max(MAX_TARGET_LENGTH).default('').meta({
    label: 'Leads to',
    kind: 'link',
    help: 'A page of this site, or an address such as https://example.org.',
  });
  const help = 'Where it is on this site: that address leads on. Leave it blank to make it from the title.';
  return {
    target,
    title,
    slug: slug.meta({ label: 'Address of its own', help }),
    isPublished: z.boolean().default(true).meta({ label: 'Show it to visitors' }),
  };
}

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

function menuField({ menus }: PageStore, { menusNote: help }: FormView): Shape {
  const names = [...menus.keys()];
  if (names.length === 0) return {};
  const options = Object.fromEntries(Array.from(menus, ([name, { label }]) => [name, label]));
  const told = help === undefined ? {} : { help };
  return {
    menus: z
      .array(z.enum(names))
      .default([])
      .meta({ label: 'Menus', options, ...told }),
  };
}

/** Nothing to choose from needs no field. */
function templateField(known: ReadonlyMap<string, string>): Shape {
  const names = [...known.keys()];
  if (names.length < 2) return {};
  const options = Object.fromEntries(known);
  return { template: z.enum(names).nullable().default(null).meta({ label: 'Template', options }) };
}

function mountField(known: ReadonlyMap<string, string>): Shape {
  const names = [...known.keys()];
  if (names.length === 0) return {};
  const meta = {
    label: 'What answers below it',
    help: 'A part of the site that gets all addresses below this page which no page has.',
    options: Object.fromEntries(known),
    empty: 'Nothing (usual)',
  };
  return { mount: z.enum(names).nullable().default(null).meta(meta) };
}

function valuesOf(pages: PageStore, { page, menus }: ListedPage): JsonObject {
  return {
    ...{
      title: page.title,
      slug: page.slug,
      menus: [...menus],
      template: page.template ?? firstOf(pages.templates),
    },
    ...{ mount: page.mount, metaTitle: page.metaTitle, metaDescription: page.metaDescription },
    ...{ isIndexed: page.isIndexed, isListedInSitemap: page.isListedInSitemap },
    needsSignIn: page.needsSignIn,
    expiresAt: page.expiresAt === null ? null : localOfTime(page.expiresAt),
    ...(page.kind === 'link' ? { target: page.target, isPublished: page.publishedAt !== null } : {}),
  };
}

/** The template of a page that names none. */
function firstOf(templates: ReadonlyMap<string, string>): string | null {
  const [first = null] = templates.keys();
  return first;
}

/** A form that is read as one, and shown in parts. */
interface PartedForm {
  readonly show: (values: JsonObject) => PageForm;
  /** @param current what counts for controls that were not sent, such as those that are locked */
  readonly read: (entries: SubmittedEntries, current: JsonObject) => ReadPageForm<JsonObject>;
}

/** The parts in which a form is shown. What is in none of these lists is in the main part. */
interface Parts {
  readonly more?: readonly PageField[];
  readonly locked?: ReadonlySet<PageField>;
  readonly hidden?: ReadonlySet<PageField>;
}

function partedForm(shape: Shape, { more = [], locked = NONE, hidden = NONE }: Parts): PartedForm {
  const all = Object.keys(shape).filter(isField);
  const formOf = (names: readonly PageField[]) =>
    adminForm('page', z.object(Object.fromEntries(names.map((name) => [name, shape[name] ?? z.never()]))));
  const partOf = (names: readonly PageField[]): FormPart => ({ names, form: formOf(names) });
  const open = all.filter((name) => !locked.has(name) && !hidden.has(name));
  const parts = {
    main: partOf(open.filter((name) => !more.includes(name))),
    more: partOf(open.filter((name) => more.includes(name))),
    locked: partOf(all.filter((name) => locked.has(name))),
  };
  const whole = formOf(all);
  const shown = (formsOf: (part: FormPart) => ShownForm, lockedForm: ShownForm) =>
    pageForm({ main: formsOf(parts.main), more: formsOf(parts.more), locked: lockedForm }, parts.more.names);
  return {
    show: (values) => shown(({ form }) => form.show(values), parts.locked.form.show(values)),
    read(sent, current) {
      const entries = [...sent];
      const others = [...parts.more.names, ...parts.locked.names, ...hidden];
      const again = ({ names, form }: FormPart) => {
        // What no field is called is told above all of them.
        const isOfPart = ([name]: (typeof entries)[number]) =>
          names === parts.main.names ? !isAmong(name, others) : isAmong(name, names);
        return form.read(entries.filter(isOfPart), current).form;
      };
      const read = whole.read(entries, current);
      const values = read.ok ? asJson(read.values) : undefined;
      if (!isJsonObject(values)) return { ok: false, form: shown(again, again(parts.locked)) };
      return { ok: true, values, form: shown(again, parts.locked.form.show(current)) };
    },
  };
}

const NONE: ReadonlySet<PageField> = new Set();

/** Some of the fields of a form. */
interface FormPart {
  readonly names: readonly PageField[];
  readonly form: AdminForm<unknown>;
}

function isField(name: string): name is PageField {
  return PAGE_FIELDS.some((field) => field === name);
}

/** Whether a control is one of some fields; a field may have several. */
function isAmong(name: string, fields: readonly PageField[]): boolean {
  return fields.some((field) => `${name}.`.startsWith(`${controlName(FORM_PREFIX, [field])}.`));
}

/** @param more the fields of the part that few people need */
function pageForm(
  forms: Readonly<Record<'main' | 'more' | 'locked', ShownForm>>,
  more: readonly PageField[],
  isMoreWrong = false,
): PageForm {
  const withErrors = (errors: readonly PageFieldError[]) => {
    const isOfMore = ({ field }: PageFieldError) => more.some((name) => name === field);
    const [extra, rest] = [errors.filter(isOfMore), errors.filter((error) => !isOfMore(error))];
    const changed = { main: forms.main.withErrors(rest), more: forms.more.withErrors(extra) };
    return pageForm({ ...forms, ...changed }, more, extra.length > 0);
  };
  return {
    print: (links, focus) => ({
      main: forms.main.print(links, focus).toString(),
      more: forms.more.print().toString(),
      locked: forms.locked.print().toString(),
      isMoreWrong,
    }),
    refused: (refusal) => withErrors(errorsOf(refusal)),
    told: (message) => withErrors([{ field: '', message }]),
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
    case 'redirect-loop':
      return [{ field: 'target', message: refusal.what }];
    default:
      return [{ field: '', message: refusal.what }];
  }
}
