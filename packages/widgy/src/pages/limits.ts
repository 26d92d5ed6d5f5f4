/** Characters in a title. */
export const MAX_TITLE_LENGTH = 200;

/** Characters in a slug. */
export const MAX_SLUG_LENGTH = 100;

/** Characters in an address: all slugs with the `/` between them. So many always fit into an index of either database. */
export const MAX_PATH_LENGTH = 500;

/** Pages on the way from the top to one, both counted. */
export const MAX_PAGE_DEPTH = 12;

/** Characters in the title for search engines. */
export const MAX_META_TITLE_LENGTH = 200;

/** Characters in the description for search engines. */
export const MAX_META_DESCRIPTION_LENGTH = 500;

/** Characters that a description has at most which is made from the text of a page. */
export const MADE_DESCRIPTION_LENGTH = 160;

/** Characters in the target of a link page or a redirect. */
export const MAX_TARGET_LENGTH = 2000;

/** Characters in an address that a visitor asks for; a longer one leads nowhere. */
export const MAX_ASKED_LENGTH = 2000;

/** Pages in one answer about the children of a page, and in one that was searched by title. */
export const MAX_LISTED_PAGES = 200;

/** Children that can be put into another order at once. */
export const MAX_REORDERED = 1000;

/** Pages that are cloned at once, and pages that are deleted for good at once. */
export const MAX_PAGES_AT_ONCE = 200;

/** Pages of one menu that are shown; those further down are left out. */
export const MAX_MENU_ENTRIES = 500;

/** Redirects in one answer. */
export const MAX_LISTED_REDIRECTS = 200;

/** Redirects that are followed to see whether they lead in a circle. */
export const MAX_FOLLOWED_REDIRECTS = 50;

/** Pages of the bin in one answer. */
export const MAX_LISTED_BIN = 200;

/**
 * Addresses in one file of a sitemap. Search engines take 50,000 addresses and 50 MB in one file: so many fit whatever the addresses
 * are.
 */
export const MAX_SITEMAP_ADDRESSES = 5000;

/** Words of a page that are searched; what stands further down is not found. */
export const MAX_SEARCHED_WORDS = 15_000;

/** Characters of the text of a page that are kept beside its words; what surrounds a hit further down is not shown. */
export const MAX_KEPT_TEXT = 20_000;

/** Characters of one word that are searched. */
export const MAX_WORD_LENGTH = 60;

/** Characters of a search that count. */
export const MAX_SEARCH_TEXT = 200;

/** Words and phrases of a search that count. */
export const MAX_SEARCH_TERMS = 16;

/** Hits in one answer. */
export const MAX_HITS = 50;

/** Hits that are counted; where there are more, it is said that there are. */
export const MAX_COUNTED_HITS = 1000;

/** Characters of the text around a hit, about. */
export const SNIPPET_LENGTH = 200;
