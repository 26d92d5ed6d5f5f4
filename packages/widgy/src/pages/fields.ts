import type { Updateable } from 'kysely';
import type { PagesTable } from '../database/tables.ts';
import { isLinkUrl, parseReference } from '../widgets/fields/reference.ts';
import {
  MAX_META_DESCRIPTION_LENGTH,
  MAX_META_TITLE_LENGTH,
  MAX_TARGET_LENGTH,
  MAX_TITLE_LENGTH,
} from './limits.ts';
import type { PageFieldError } from './refusal.ts';
import { wordKey } from './search/words.ts';
import { lengthOf, slugify } from './slug.ts';
import type { PageStore } from './store.ts';

/** What people say of a page of either kind. Times are whole milliseconds since 1970. */
export interface PageFields {
  readonly title: string;
  /** Its part of the address, which is brought into the form of one. Blank, it is made from the title. */
  readonly slug?: string | undefined;
  /** One of the site's templates; null for the first one. */
  readonly template?: string | null | undefined;
  /** One of the site's mounts. */
  readonly mount?: string | null | undefined;
  /** The menus that it is in. */
  readonly menus?: readonly string[] | undefined;
  readonly isListedInSitemap?: boolean | undefined;
  readonly needsSignIn?: boolean | undefined;
  readonly isIndexed?: boolean | undefined;
  readonly expiresAt?: number | null | undefined;
  readonly metaTitle?: string | undefined;
  readonly metaDescription?: string | undefined;
}

/** What people say of a link page. */
export interface LinkFields extends PageFields {
  /** An address or a reference, such as `widgy:page/42`. */
  readonly target: string;
  /** From when on it is shown; null for a draft. */
  readonly publishedAt?: number | null | undefined;
}

/** The fields in the form in which they are kept. What was not given is undefined. */
export interface CheckedPageFields {
  readonly columns: Updateable<PagesTable>;
  /** Empty for one that is to be made from the title. */
  readonly slug: string | undefined;
  readonly menus: readonly string[] | undefined;
}

/** Checks fields that somebody sent, all of them: those that are wrong are told at once. */
export function checkPageFields(
  store: PageStore,
  fields: Partial<LinkFields>,
  kind: 'page' | 'link',
):
  | { readonly ok: true; readonly checked: CheckedPageFields }
  | { readonly ok: false; readonly errors: readonly PageFieldError[] } {
  const errors: PageFieldError[] = [];
  const check = (field: string, message: string | undefined): void => {
    if (message !== undefined) errors.push({ field, message });
  };
  const title = fields.title?.trim();
  const slug = fields.slug === undefined ? undefined : slugify(fields.slug);
  const target = fields.target?.trim();
  const metaTitle = fields.metaTitle?.trim();
  const metaDescription = fields.metaDescription?.trim();
  check('title', title === '' ? 'Enter a title.' : textFault(title, MAX_TITLE_LENGTH));
  if (slug === '' && fields.slug?.trim() !== '') check('slug', 'Enter at least one letter or digit.');
  check('template', nameFault(fields.template, store.templates));
  check('mount', nameFault(fields.mount, store.mounts));
  for (const menu of fields.menus ?? []) check('menus', nameFault(menu, store.menus));
  check('metaTitle', textFault(metaTitle, MAX_META_TITLE_LENGTH));
  check('metaDescription', textFault(metaDescription, MAX_META_DESCRIPTION_LENGTH));
  check('expiresAt', timeFault(fields.expiresAt));
  check('publishedAt', timeFault(fields.publishedAt));
  if (kind === 'link') check('target', targetFault(target));
  else {
    if (target !== undefined) check('target', 'Only link pages have a target.');
    if (fields.publishedAt !== undefined) check('publishedAt', 'Commits say when a page is shown.');
  }
  if (errors.length > 0) return { ok: false, errors };
  return {
    ok: true,
    checked: {
      slug,
      menus: fields.menus && [...new Set(fields.menus)],
      columns: {
        ...(title === undefined ? {} : { title, title_key: wordKey(title) }),
        ...given('template', fields.template),
        ...given('mount', fields.mount),
        ...given('is_listed_in_sitemap', flagOf(fields.isListedInSitemap)),
        ...given('needs_sign_in', flagOf(fields.needsSignIn)),
        ...given('is_indexed', flagOf(fields.isIndexed)),
        ...given('expires_at', fields.expiresAt),
        ...given('published_at', fields.publishedAt),
        ...given('target', target),
        ...given('meta_title', metaTitle),
        ...given('meta_description', metaDescription),
      },
    },
  };
}

/** The slug that a title comes to; `page` where nothing of it can stand in an address. */
export function slugOfTitle(title: string): string {
  return slugify(title) || 'page';
}

function given<Name extends string, T>(
  name: Name,
  value: T | undefined,
): { readonly [Key in Name]?: T } | object {
  return value === undefined ? {} : { [name]: value };
}

function flagOf(value: boolean | undefined): 0 | 1 | undefined {
  if (value === undefined) return undefined;
  return value ? 1 : 0;
}

function textFault(text: string | undefined, length: number): string | undefined {
  if (text === undefined) return undefined;
  if (text.includes('\0') || !text.isWellFormed()) return 'There are characters in it that cannot be kept.';
  return text.length <= length || lengthOf(text) <= length
    ? undefined
    : `Enter at most ${length} characters.`;
}

function timeFault(time: number | null | undefined): string | undefined {
  return time === undefined || time === null || Number.isSafeInteger(time) ? undefined : 'Enter a time.';
}

function nameFault(name: string | null | undefined, known: ReadonlyMap<string, unknown>): string | undefined {
  if (name === undefined || name === null || known.has(name)) return undefined;
  return known.size === 0
    ? 'There is nothing to choose from.'
    : `Choose one of these: ${[...known.keys()].join(', ')}.`;
}

function targetFault(target: string | undefined): string | undefined {
  if (target === undefined) return undefined;
  const isWhole = /^(?:[/?#]|[a-z][a-z0-9+.-]*:)/i.test(target);
  if (isWhole && isLinkUrl(target)) return textFault(target, MAX_TARGET_LENGTH);
  return parseReference(target) === undefined
    ? 'Enter a path that begins with "/", or an address that begins with https:, or choose what to link to.'
    : undefined;
}
