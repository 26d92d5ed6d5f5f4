import type { DocumentStore } from '../documents/store.ts';
import { WidgyError } from '../errors.ts';
import { DEFAULT_SITE } from '../settings/store.ts';
import { ID_RULE, isId } from '../tree/widget.ts';
import { didYouMean } from '../widgets/nearest.ts';
import { slugify } from './slug.ts';

/** A menu of a site. */
export interface MenuDefinition {
  /** What people call it. */
  readonly label: string;
  /** How many levels of it are shown; 1 for a plain list. */
  readonly depth: number;
}

/** What pages are opened with. */
export interface PagesOptions {
  /** Where the documents of pages are. Their database is that of the pages too. */
  readonly documents: DocumentStore;
  /** Whose pages they are, where a database holds several sites. See `isId`. Default: `default`. */
  readonly site?: string;
  /** The menus by name. Default: none. */
  readonly menus?: Readonly<Record<string, MenuDefinition>>;
  /** The templates that a page may choose from: what people call them, by name. The first one is for pages that choose none. */
  readonly templates?: Readonly<Record<string, string>>;
  /** What may answer for addresses below a page: what people call it, by name. Default: nothing. */
  readonly mounts?: Readonly<Record<string, string>>;
  /** The types of widgets that a page's document may have as its root; new pages get the first one. */
  readonly rootTypes: readonly string[];
  /** First parts of addresses that pages cannot have, beside {@link RESERVED_SLUGS}. */
  readonly reserved?: readonly string[];
  /** Host names of this site: an address with one of them is an address of this site. Default: none. */
  readonly hosts?: readonly string[];
  /** The time in milliseconds since 1970. Default: that of the documents. */
  readonly now?: () => number;
}

/** What decides about a page being shown. Part of the {@link PageStore}, for what is made before there is one. */
export interface Showing {
  readonly site: string;
  readonly now: () => number;
  /** Whether only approved commits are shown. */
  readonly isReviewed: boolean;
}

/** The pages of one site: what all functions of this folder are given first. */
export interface PageStore extends Showing {
  readonly documents: DocumentStore;
  readonly menus: ReadonlyMap<string, MenuDefinition>;
  readonly templates: ReadonlyMap<string, string>;
  readonly mounts: ReadonlyMap<string, string>;
  readonly rootTypes: readonly [string, ...string[]];
  readonly reserved: ReadonlySet<string>;
  readonly hosts: ReadonlySet<string>;
}

/** First parts of addresses that no page has, since other things than pages are there. */
export const RESERVED_SLUGS = ['admin', 'api', 'assets', 'media', 'static'] as const;

/** Who does something to pages. */
export interface PageAuthor {
  /** Recorded with what they do; null where nobody is known. */
  readonly id: string | null;
}

/**
 * Opens the pages of a site. The database is not asked.
 *
 * @example
 * const pages = openPages({ documents, rootTypes: ['layout'], menus: { main: { label: 'Main menu', depth: 2 } } });
 * @throws WidgyError `pages-invalid`, with what to correct
 */
export function openPages(options: PagesOptions): PageStore {
  const { documents, menus = {}, templates = {}, mounts = {}, reserved = [], hosts = [] } = options;
  const [first, ...more] = options.rootTypes;
  if (first === undefined)
    throw invalid('rootTypes is empty', 'Name a type that documents of pages have as root.');
  for (const type of options.rootTypes) checkRoot(documents, type);
  for (const [what, given] of Object.entries({ menus, templates, mounts }))
    checkNames(what, Object.keys(given));
  for (const [name, { depth }] of Object.entries(menus)) {
    if (Number.isInteger(depth) && depth >= 1) continue;
    throw invalid(`the menu "${name}" has the depth ${depth}`, 'A menu has at least one level.');
  }
  for (const slug of reserved) {
    if (slug !== '' && slugify(slug) === slug) continue;
    throw invalid(`"${slug}" is reserved, but no page could have it`, 'Write it as it stands in addresses.');
  }
  return Object.freeze({
    ...showing({ ...options, now: options.now ?? documents.now, isReviewed: documents.isReviewed }),
    documents,
    menus: new Map(Object.entries(menus)),
    templates: new Map(Object.entries(templates)),
    mounts: new Map(Object.entries(mounts)),
    rootTypes: [first, ...more] as const,
    reserved: new Set([...RESERVED_SLUGS, ...reserved]),
    hosts: new Set(hosts.map((host) => host.toLowerCase())),
  });
}

/** Says what decides about pages being shown where something is not given. */
export function showing({
  site = DEFAULT_SITE,
  now = Date.now,
  isReviewed = false,
}: Partial<Showing>): Showing {
  if (!isId(site))
    throw invalid(`the site ${JSON.stringify(site)} has an id that cannot be used`, `It ${ID_RULE}.`);
  return { site, now, isReviewed };
}

function checkRoot({ site }: DocumentStore, type: string): void {
  if (site.catalogue.get(type)?.isRootChoice === true) return;
  const near = site.types.has(type) ? '' : didYouMean(type, [...site.types.keys()]);
  throw invalid(
    `"${type}" is in rootTypes, but no document can have it as root`,
    `${near}Define it with isRootChoice: true.`,
  );
}

function checkNames(what: string, names: readonly string[]): void {
  const wrong = names.find((name) => !isId(name));
  if (wrong === undefined) return;
  throw invalid(`${what} has the name ${JSON.stringify(wrong)}`, `A name ${ID_RULE}.`);
}

function invalid(message: string, help: string): WidgyError {
  return new WidgyError('pages-invalid', { message, help });
}
