import type { DocumentRefusal } from '../documents/refusal.ts';
import type { LinkingDocument } from '../links/what-links-to.ts';
import type { Page } from './page.ts';
import type { Redirect } from './redirect.ts';

/** A page, as people are told of it. */
export interface NamedPage {
  readonly id: string;
  readonly title: string;
  readonly path: string;
}

/** A field that cannot be kept as it is, under the name that requests have for it. */
export interface PageFieldError {
  readonly field: string;
  readonly message: string;
}

/** What goes with each reason, beside the code and the sentence. */
interface Details {
  'page-missing': { readonly page: string };
  'page-exists': { readonly page: string };
  'redirect-missing': { readonly redirect: string };
  /** The page is in the bin: it can be taken out of it, and nothing else be done to it. */
  'page-deleted': { readonly page: string };
  /** The page is not in the bin. */
  'page-not-deleted': { readonly page: string };
  /** Everything that is wrong with what was sent. */
  'fields-invalid': { readonly errors: readonly PageFieldError[] };
  /** Somebody changed it meanwhile; what is there now. */
  stale: { readonly page: Page } | { readonly redirect: Redirect } | { readonly order: readonly string[] };
  /** Another page has that address. */
  'slug-taken': { readonly slug: string; readonly page: NamedPage };
  /** Addresses that begin so are not for pages. */
  'slug-reserved': { readonly slug: string };
  /** A page would stand below itself: the pages on the way, the one that was to be moved first and last. */
  'page-cycle': { readonly cycle: readonly NamedPage[] };
  'too-deep': { readonly limit: number };
  /** The address of a page would be too long. */
  'path-too-long': { readonly limit: number };
  /** It would do something to more pages than may be at once. */
  'pages-too-many': { readonly limit: number; readonly pages: number };
  /** No page stands below the home page, and it stands at the top. */
  'home-at-top': { readonly page: string };
  /** Visitors see the home page, and would not see this one in its place. */
  'home-not-shown': { readonly page: string };
  /** The root of its document is not of a type that pages of this site have. */
  'root-refused': { readonly type: string; readonly types: readonly string[] };
  /** It is linked to: from documents, from link pages, or both. */
  linked: {
    readonly documents: readonly LinkingDocument[];
    readonly pages: readonly NamedPage[];
    readonly total: number;
  };
  /** A page has the address that was to lead elsewhere. */
  'address-taken': { readonly page: NamedPage };
  /** There is a redirect from that address. */
  'redirect-exists': { readonly redirect: Redirect };
  /** It would lead in a circle: the addresses on the way, the first one at the end again. */
  'redirect-loop': { readonly addresses: readonly string[] };
  /** Its document was not made, changed or deleted: why. */
  'document-refused': { readonly refusal: DocumentRefusal };
}

/** Why nothing was done to pages; see {@link PageRefusal}. */
export type PageRefusalCode = keyof Details;

/** All codes, for documentation and for mapping them. */
export const PAGE_REFUSAL_CODES = [
  'page-missing',
  'page-exists',
  'redirect-missing',
  'page-deleted',
  'page-not-deleted',
  'fields-invalid',
  'stale',
  'slug-taken',
  'slug-reserved',
  'page-cycle',
  'too-deep',
  'path-too-long',
  'pages-too-many',
  'home-at-top',
  'home-not-shown',
  'root-refused',
  'linked',
  'address-taken',
  'redirect-exists',
  'redirect-loop',
  'document-refused',
] as const satisfies readonly PageRefusalCode[];

/** Why nothing was done: a code, a sentence, and what belongs to the code. It is a value; no page and no redirect has changed. */
export type PageRefusal = {
  readonly [Code in PageRefusalCode]: { readonly code: Code; readonly what: string } & Details[Code];
}[PageRefusalCode];

/** A refused answer. */
export interface RefusedPage {
  readonly ok: false;
  readonly refusal: PageRefusal;
}

/** Makes a refused answer. */
export function refusePage(refusal: PageRefusal): RefusedPage {
  return { ok: false, refusal };
}

/** The refusal for a page that is not there. */
export function pageMissing(page: string): PageRefusal {
  return { code: 'page-missing', what: `There is no page ${JSON.stringify(page)}.`, page };
}

/** The refusal for fields that cannot be kept. */
export function fieldsInvalid(errors: readonly PageFieldError[]): PageRefusal {
  const what = errors.map(({ field, message }) => `${field}: ${message}`).join(' ');
  return { code: 'fields-invalid', what, errors };
}

/** The refusal for what was asked for without a document's consent. */
export function documentRefused(refusal: DocumentRefusal): PageRefusal {
  return { code: 'document-refused', what: `Of its document: ${refusal.what}.`, refusal };
}

/** What people are told of a page. */
export function named({ id, title, path }: NamedPage): NamedPage {
  return { id, title, path };
}
