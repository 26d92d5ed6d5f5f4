import { sql } from 'kysely';
import { readTreeOf } from '../documents/drafts/read-draft.ts';
import type { Tree } from '../tree/tree.ts';
import { addressOfPath, pathsTowards, readAddress, restBehind } from './address.ts';
import type { Ancestor } from './crumbs.ts';
import { MAX_PATH_LENGTH } from './limits.ts';
import { linkUrl } from './link-targets.ts';
import { type Page, pageOf } from './page.ts';
import type { PageRow } from './place.ts';
import { encodedUrl, pathOfUrl } from './redirect-address.ts';
import { lengthOf } from './slug.ts';
import type { PageStore } from './store.ts';
import { isRowShown, isShown, liveCommit } from './visible.ts';

/** What a visitor asks for. */
export interface PublicQuestion {
  /** The path of the address as it came: `/caf%C3%A9/`. */
  readonly path: string;
  readonly isSignedIn: boolean;
}

/** A page with what visitors are to see of it. */
export interface PublicPage {
  readonly kind: 'page';
  readonly page: Extract<Page, { readonly kind: 'page' }>;
  /** The home page, if it is another one, and the pages above it from the top down: see `breadcrumbs`. */
  readonly ancestors: readonly Ancestor[];
  /** The number of the commit that is live. */
  readonly commit: number;
  /** The content hash of its tree. */
  readonly hash: string;
  readonly tree: Tree;
  /** What stands behind its own path in the address, for what is mounted there; empty for the page itself. */
  readonly rest: string;
}

/** What a visitor gets. */
export type PublicAnswer =
  | PublicPage
  /** There is a page, or the way to one, for people who are signed in. */
  | { readonly kind: 'sign-in' }
  /** It is elsewhere: an encoded address, for good (301), or as long as a link page says so (302). */
  | { readonly kind: 'redirect'; readonly to: string; readonly status: 301 | 302 }
  /** It was there, and is gone for good. */
  | { readonly kind: 'gone' }
  | { readonly kind: 'missing' };

/**
 * What a visitor gets for an address. A page wins over a redirect, and a redirect over what is mounted further up. What visitors do not
 * see changes nothing for them: neither a draft at an address, nor a redirect to one. One statement where this process knows the tree, two where not, whatever the size of the site; one more for a link page that leads to a thing, and two for a stranger where that is for people who are signed in.
 */
export async function readPublicPage(store: PageStore, question: PublicQuestion): Promise<PublicAnswer> {
  const { database } = store.documents;
  database.refuseInside();
  const path = readAddress(question.path);
  if (path === undefined) return MISSING;
  const now = store.now();
  const rows = await rowsTowards(store, path);
  const pages = rows
    .filter((row) => row.id !== null)
    .map((row) => ({ ...row, isShown: isRowShown(row, now) }));
  const exact = pages.find((row) => row.path === path && row.isShown);
  if (exact !== undefined) return await answerWith(store, pages, exact, path, question);
  const [redirect] = rows;
  const redirected = redirect && redirectTo(redirect, question);
  if (redirected !== undefined) return redirected;
  const mounted = pages.findLast((row) => row.mount !== null && row.isShown);
  return mounted === undefined ? MISSING : await answerWith(store, pages, mounted, path, question);
}

const MISSING = { kind: 'missing' } as const;

/** The redirect from an address; nulls where there is none. */
interface FromRow {
  readonly redirect_id: string | null;
  readonly redirect_target: string | null;
  readonly redirect_page: string | null;
  /** Null where nobody sees the page. */
  readonly redirect_path: string | null;
  /** 1 where only people who are signed in see the page. */
  readonly redirect_protected: number | null;
}

/** A page on the way to an address. */
interface WayRow extends FromRow, PageRow {
  /** The number of the commit that is live, and the hash of its tree. */
  readonly live: number | null;
  readonly tree: string | null;
  readonly is_withdrawn: number | null;
}

/** The same, with whether visitors see it. */
interface SeenRow extends WayRow {
  readonly isShown: boolean;
}

/** What there is where no page is on the way. */
interface NoRow extends FromRow {
  readonly id: null;
}

/**
 * The statement: the home page and the pages on the way, from the top down, each with what is live of it, and the redirect from the
 * address. There is one row at least.
 */
async function rowsTowards(store: PageStore, path: string): Promise<readonly (WayRow | NoRow)[]> {
  const paths = ['', ...pathsTowards(path)];
  const from = path.length <= MAX_PATH_LENGTH || lengthOf(path) <= MAX_PATH_LENGTH ? path : null;
  const { rows } = await sql<WayRow | NoRow>`
    select way.*, commits.tree, commits.is_withdrawal as is_withdrawn,
      redirects.id as redirect_id, redirects.target as redirect_target, redirects.target_page as redirect_page,
      (select goal.path from pages as goal
        where goal.id = redirects.target_page and ${isShown(store, 'goal')}) as redirect_path,
      (select goal.is_protected from pages as goal where goal.id = redirects.target_page) as redirect_protected
    from (select 1 as one) as anchor
    left join (
      select pages.*, ${liveCommit(store, 'pages')} as live from pages
      where pages.site = ${store.site} and pages.deleted_at is null and pages.path in (${sql.join(paths)})
    ) as way on true
    left join commits on commits.document = way.document and commits.number = way.live
    left join redirects on redirects.site = ${store.site} and redirects.from_path = ${from}
    order by way.depth, length(way.path)`.execute(store.documents.database.kysely);
  return rows;
}

async function answerWith(
  store: PageStore,
  rows: readonly SeenRow[],
  row: SeenRow,
  path: string,
  { isSignedIn }: PublicQuestion,
): Promise<PublicAnswer> {
  if (row.is_protected === 1 && !isSignedIn) return { kind: 'sign-in' };
  const page = pageOf(row);
  if (page.kind === 'link') {
    const url = await linkUrl(store, page, { isSignedIn });
    if (url === undefined && !isSignedIn && (await linkUrl(store, page, { isSignedIn: true })) !== undefined)
      return { kind: 'sign-in' };
    const isItself = url === undefined || pathOfUrl(url, store.hosts) === page.path;
    return isItself ? MISSING : { kind: 'redirect', to: encodedUrl(url), status: 302 };
  }
  const { live: commit, tree: hash } = row;
  if (commit === null || hash === null) return MISSING;
  const tree = await readTreeOf(store.documents, hash);
  // Between the two statements the document was deleted, and its trees with it.
  if (tree === undefined) return MISSING;
  const ancestors = rows.flatMap((above) => {
    const isAbove = above !== row && (above.path === '' || row.path.startsWith(`${above.path}/`));
    const isOpen = above.isShown && (isSignedIn || above.is_protected !== 1);
    return isAbove ? [{ id: above.id, title: above.title, path: above.path, isShown: isOpen }] : [];
  });
  return { kind: 'page', page, ancestors, commit, hash, tree, rest: restBehind(path, page.path) };
}

function redirectTo(row: FromRow, { isSignedIn }: PublicQuestion): PublicAnswer | undefined {
  if (row.redirect_id === null) return undefined;
  if (row.redirect_page !== null) {
    if (row.redirect_path === null) return undefined;
    // Where the page is now is not told to strangers either.
    if (row.redirect_protected === 1 && !isSignedIn) return { kind: 'sign-in' };
    return { kind: 'redirect', to: addressOfPath(row.redirect_path), status: 301 };
  }
  return row.redirect_target === null
    ? { kind: 'gone' }
    : { kind: 'redirect', to: encodedUrl(row.redirect_target), status: 301 };
}
