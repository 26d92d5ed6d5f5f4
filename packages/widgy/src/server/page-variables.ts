import { resolveWithTrees } from '../callouts/index.ts';
import { linksIn } from '../links/links-in.ts';
import {
  addressOfPath,
  breadcrumbs,
  type MenuEntry,
  markCurrent,
  type PublicPage,
  pageMeta,
  readMenus,
} from '../pages/index.ts';
import { publicSettings, readSettings } from '../settings/index.ts';
import type { Tree } from '../tree/tree.ts';
import type { LinkTarget } from '../widgets/fields/link-choices.ts';
import type { Mount } from './options.ts';
import type { Widgy } from './widgy.ts';

/** The page that is shown, as far as templates know it. */
export type ShownPage = Pick<PublicPage, 'page' | 'ancestors' | 'tree'>;

/** Who looks at a page, as templates see them. */
export interface Visitor {
  readonly name: string;
}

/** What all pages of the site show, wherever one is: settings and menus. */
export interface SiteContent {
  readonly settings: ReturnType<typeof publicSettings>;
  readonly menus: ReadonlyMap<string, readonly MenuEntry[]>;
}

/** Reads what all pages of the site show to a visitor. One statement for the settings, and one for all menus. */
export async function readSiteContent(widgy: Widgy, visitor: Visitor | undefined): Promise<SiteContent> {
  const snapshot = await readSettings(widgy.settings);
  const { pages } = widgy;
  const menus = await readMenus(pages, [...pages.menus.keys()], { isSignedIn: visitor !== undefined });
  return { settings: publicSettings(snapshot), menus };
}

/**
 * What templates get on all pages of the site, also those that say what went wrong: `site`, `settings`, `static_url`, `siteName`, `menus` and
 * `user`.
 */
export function siteVariables(
  widgy: Widgy,
  { settings, menus }: SiteContent,
  path: string,
  visitor: Visitor | undefined,
): Readonly<Record<string, unknown>> {
  const { compressor, site, siteName } = widgy;
  const marked = Array.from(menus, ([name, entries]) => [name, markCurrent(entries, path)] as const);
  return {
    ...widgy.variables,
    ...{ site, siteName, settings },
    static_url: compressor.config.static.url,
    menus: Object.fromEntries(marked),
    user: visitor && { name: visitor.name },
  };
}

/**
 * What the template of a page gets beside {@link siteVariables}: `page` with its tree, `meta`, `breadcrumbs`, and what `render_root` needs.
 * At most two statements for each type of things that the page links to, however many there are.
 */
export async function pageVariables(
  widgy: Widgy,
  { page, ancestors, tree }: ShownPage,
  purpose: 'public' | 'preview',
  isSignedIn = purpose === 'preview',
) {
  const { site, siteName, baseUrl } = widgy;
  const isIndexed = widgy.environment.NODE_ENV === 'production';
  const { id, title, path, template } = page;
  return {
    page: { id, title, path, template: templateOf(widgy, template), tree, url: addressOfPath(path) },
    meta: pageMeta(page, tree, site, { name: siteName, origin: baseUrl, isIndexed }),
    breadcrumbs: breadcrumbs(ancestors, page),
    widgy: { purpose, references: await referencesOf(widgy, tree, isSignedIn), cacheBy: ['settings'] },
  };
}

/** What answers for a page, if it mounts something that the site has. */
export function mountOf({ mounts }: Widgy, { mount }: ShownPage['page']): Mount | undefined {
  return mount !== null && Object.hasOwn(mounts, mount) ? mounts[mount] : undefined;
}

/** The template of a page: the one that it names, or else the first. */
export function templateOf({ pages }: Widgy, name: string | null): string {
  const [first = 'page'] = pages.templates.keys();
  return name !== null && pages.templates.has(name) ? name : first;
}

/** What the links of a tree lead to, for `references`. What is for people who are signed in leads nowhere for others, and is not named. */
export async function referencesOf({ documents }: Widgy, tree: Tree, isSignedIn: boolean) {
  const targets = linksIn(tree.root, documents.site).map(({ target }) => target);
  const resolved = await resolveWithTrees(documents.database.kysely, documents, targets);
  const isOpen = ({ needsSignIn }: LinkTarget) => isSignedIn || needsSignIn !== true;
  return new Map([...resolved].filter(([, target]) => isOpen(target)));
}
