/** Pages: their tree, addresses, redirects, menus, what search engines are told, and searching them. Node only. */
export { addressOfPath, readAddress } from './address.ts';
export { type BinnedPage, deletePage, listBin, type RestoredPage, restorePage } from './bin.ts';
export { type ChangedPage, changePage, type PageChange, setHome } from './change-page.ts';
export { clonePage, type PageClone } from './clone-page.ts';
export { type ComingChange, listComing } from './coming.ts';
export { createLink, createPage, type NewLink, type NewPage } from './create-page.ts';
export { type Ancestor, type Breadcrumb, breadcrumbs } from './crumbs.ts';
export type { LinkFields, PageFields } from './fields.ts';
export { type HiddenEntry, hiddenEntries } from './hidden-entries.ts';
export * from './limits.ts';
export { pageLinkable } from './linkable.ts';
export { type MarkedEntry, type MenuEntry, markCurrent } from './menu-entries.ts';
export { type MenuQuestion, readMenu, readMenus } from './menus.ts';
export { movePage, type PageMove, type PageOrder, reorderPages } from './move-page.ts';
export { nextChangeAt } from './next-change.ts';
export type { Page } from './page.ts';
export { type PageMeta, pageMeta, type SiteMeta } from './page-meta.ts';
export {
  findPages,
  type ListedPage,
  type ListPart,
  listChildren,
  listRecentPages,
  type PageList,
  type PageState,
  readPage,
  wayToPage,
} from './page-tree.ts';
export type { PagePlace } from './place.ts';
export { plainText, type TextBlock, textBlocks } from './plain-text.ts';
export { type PublicAnswer, type PublicPage, type PublicQuestion, readPublicPage } from './public-page.ts';
export { purgePage } from './purge-page.ts';
export type { Redirect, RedirectTarget } from './redirect.ts';
export {
  type ChangedRedirect,
  changeRedirect,
  createRedirect,
  deleteRedirect,
  listRedirects,
  type NewRedirect,
  type RedirectsQuestion,
  readRedirect,
  type WantedTarget,
} from './redirects.ts';
export {
  type NamedPage,
  PAGE_REFUSAL_CODES,
  type PageFieldError,
  type PageRefusal,
  type PageRefusalCode,
  type RefusedPage,
} from './refusal.ts';
export { printRobots, type RobotsRules } from './robots.ts';
export { composeHooks, type PagesHookOptions, pagesHook } from './search/hook.ts';
export { reindexPages } from './search/reindex.ts';
export { type FoundHits, type PagesSearch, type SearchHit, searchPages } from './search/search-pages.ts';
export type { SnippetPart } from './search/snippet.ts';
export {
  countSitemapParts,
  printSitemap,
  printSitemapIndex,
  readSitemap,
  type SitemapEntry,
} from './sitemap.ts';
export { slugify } from './slug.ts';
export { NEW_PAGE, type PageStanding, readStanding } from './standing.ts';
export {
  type MenuDefinition,
  openPages,
  type PageAuthor,
  type PageStore,
  type PagesOptions,
  RESERVED_SLUGS,
  type Showing,
} from './store.ts';
