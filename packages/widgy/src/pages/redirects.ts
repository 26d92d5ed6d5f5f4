import { randomUUID } from 'node:crypto';
import { sql } from 'kysely';
import type { Queries } from '../database/database.ts';
import { isId } from '../tree/widget.ts';
import { attemptPage, type PageAttempt } from './attempt.ts';
import { refuseCircle } from './circle.ts';
import { MAX_LISTED_REDIRECTS } from './limits.ts';
import { rowOf } from './place.ts';
import { type Redirect, type RedirectRow, redirectOf } from './redirect.ts';
import { readFrom, readTo, shownAddress } from './redirect-address.ts';
import { fieldsInvalid, named, type PageFieldError, type RefusedPage, refusePage } from './refusal.ts';
import type { PageAuthor, PageStore } from './store.ts';

/** Where somebody wants a redirect to lead. */
export type WantedTarget =
  | { readonly kind: 'page'; readonly page: string }
  /** A path of this site, or an address of another one with `http` or `https`. */
  | { readonly kind: 'url'; readonly url: string }
  /** Nowhere: what was there is gone for good. */
  | { readonly kind: 'gone' };

/** A redirect that somebody wants. */
export interface NewRedirect {
  /** A path of this site: `/old/page`. */
  readonly from: string;
  readonly to: WantedTarget;
}

/** A redirect as it is now, or why nothing was done. */
export type ChangedRedirect = { readonly ok: true; readonly redirect: Redirect } | RefusedPage;

/**
 * Makes a redirect. Refused where a page or another redirect has the address, and where it would lead in a circle over addresses of
 * this site.
 */
export async function createRedirect(
  store: PageStore,
  request: NewRedirect,
  author: PageAuthor,
): Promise<ChangedRedirect> {
  const checked = checkRedirect(store, request);
  if (!checked.ok) return checked;
  const done = await attemptPage(store, async (step) => {
    const id = randomUUID();
    await checkAddresses(store, step, id, checked);
    const { from, target, page } = checked;
    await step.transaction
      .insertInto('redirects')
      .values({
        id,
        site: store.site,
        from_path: from,
        target,
        target_page: page,
        is_automatic: 0,
        revision: 1,
        created_at: store.now(),
        author: author.id,
      })
      .execute();
    return await redirectRow(store, step, id);
  });
  return done.ok ? { ok: true, redirect: redirectOf(done.value) } : done;
}

/** Changes a redirect. One that was made by itself is one that somebody made from then on. */
export async function changeRedirect(
  store: PageStore,
  redirect: string,
  { seen, ...request }: NewRedirect & { readonly seen: number },
  author: PageAuthor,
): Promise<ChangedRedirect> {
  const checked = checkRedirect(store, request);
  if (!checked.ok) return checked;
  const done = await attemptPage(store, async (step) => {
    const row = await seenRow(store, step, redirect, seen);
    await checkAddresses(store, step, redirect, checked, row.from_path);
    const { from, target, page } = checked;
    await step.transaction
      .updateTable('redirects')
      .set({
        from_path: from,
        target,
        target_page: page,
        is_automatic: 0,
        revision: seen + 1,
        author: author.id,
      })
      .where('id', '=', redirect)
      .execute();
    return await redirectRow(store, step, redirect);
  });
  return done.ok ? { ok: true, redirect: redirectOf(done.value) } : done;
}

/** Deletes a redirect: its address leads nowhere then. */
export async function deleteRedirect(
  store: PageStore,
  redirect: string,
  { seen }: { readonly seen: number },
): Promise<{ readonly ok: true } | RefusedPage> {
  const done = await attemptPage(store, async (step) => {
    await seenRow(store, step, redirect, seen);
    await step.transaction.deleteFrom('redirects').where('id', '=', redirect).execute();
  });
  return done.ok ? { ok: true } : done;
}

/** Which redirects are wanted. */
export interface RedirectsQuestion {
  /** A part of their addresses; all for an empty one. Default: empty. */
  readonly text?: string;
  readonly offset?: number;
  /** Default and most: {@link MAX_LISTED_REDIRECTS}. */
  readonly limit?: number;
}

/** Redirects in the order of the addresses they lead from, and how many there are. One statement. */
export async function listRedirects(
  store: PageStore,
  { text = '', offset = 0, limit = MAX_LISTED_REDIRECTS }: RedirectsQuestion = {},
): Promise<{ readonly redirects: readonly Redirect[]; readonly total: number }> {
  const sought = text.trim().replace(/^\//, '').toLowerCase().toWellFormed().replaceAll('\0', '');
  const like = `%${sought.replace(/[\\%_]/g, '\\$&')}%`;
  const rows = await selectRedirects(store, store.documents.database.kysely)
    .select(sql<number>`count(*) over ()`.as('total'))
    .$if(sought !== '', (query) =>
      query.where(
        sql<boolean>`(lower(from_path) like ${like} escape '\\' or lower(redirects.target) like ${like} escape '\\'
          or lower(pages.path) like ${like} escape '\\')`,
      ),
    )
    .orderBy('from_path')
    .limit(Math.max(0, Math.min(limit, MAX_LISTED_REDIRECTS)))
    .offset(Math.max(0, offset))
    .execute();
  return { redirects: rows.map(redirectOf), total: rows[0]?.total ?? 0 };
}

/** One redirect; undefined where it is not there. At most one statement. */
export async function readRedirect(store: PageStore, redirect: string): Promise<Redirect | undefined> {
  if (!isId(redirect)) return undefined;
  const row = await selectRedirects(store, store.documents.database.kysely)
    .where('redirects.id', '=', redirect)
    .executeTakeFirst();
  return row && redirectOf(row);
}

function selectRedirects({ site }: PageStore, queries: Queries) {
  return queries
    .selectFrom('redirects')
    .leftJoin('pages', 'pages.id', 'redirects.target_page')
    .leftJoin('pages as cover', (join) =>
      join
        .onRef('cover.site', '=', 'redirects.site')
        .onRef('cover.path', '=', 'redirects.from_path')
        .on('cover.deleted_at', 'is', null),
    )
    .selectAll('redirects')
    .select(['pages.title as page_title', 'pages.path as page_path'])
    .select(['cover.id as cover_id', 'cover.title as cover_title'])
    .where('redirects.site', '=', site);
}

/** A redirect whose addresses can be kept. */
interface CheckedRedirect {
  readonly ok: true;
  readonly from: string;
  readonly target: string | null;
  readonly page: string | null;
}

function checkRedirect({ hosts }: PageStore, { from, to }: NewRedirect): CheckedRedirect | RefusedPage {
  const errors: PageFieldError[] = [];
  const source = readFrom(from, hosts);
  const target = to.kind === 'url' ? readTo(to.url) : undefined;
  if ('fault' in source) errors.push({ field: 'from', message: source.fault });
  if (target !== undefined && 'fault' in target) errors.push({ field: 'to', message: target.fault });
  if ('fault' in source || (target !== undefined && 'fault' in target))
    return refusePage(fieldsInvalid(errors));
  return {
    ok: true,
    from: source.path,
    target: target?.url ?? null,
    page: to.kind === 'page' ? to.page : null,
  };
}

/** Refuses a redirect whose address is taken, which leads to no page, or in a circle. */
async function checkAddresses(
  store: PageStore,
  step: PageAttempt,
  redirect: string,
  { from, target, page }: CheckedRedirect,
  former?: string,
): Promise<void> {
  const { transaction, refuse } = step;
  const taken = await transaction
    .selectFrom('pages')
    .select(['id', 'title', 'path'])
    .where('site', '=', store.site)
    .where('path', '=', from)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  // One that a page covers keeps its address; no other comes there.
  if (taken !== undefined && from !== former) {
    const what = `The page ${JSON.stringify(taken.title)} has the address ${shownAddress(from)}.`;
    refuse({ code: 'address-taken', what, page: named(taken) });
  }
  const other = await selectRedirects(store, transaction)
    .where('from_path', '=', from)
    .where('redirects.id', '<>', redirect)
    .executeTakeFirst();
  if (other !== undefined) {
    const what = `There is a redirect from ${shownAddress(from)} already.`;
    refuse({ code: 'redirect-exists', what, redirect: redirectOf(other) });
  }
  if (page !== null) await rowOf(store, step, page);
  if (target !== null) await refuseCircle(store, step, from, target);
}

async function redirectRow(
  store: PageStore,
  { transaction, refuse }: PageAttempt,
  id: string,
): Promise<RedirectRow> {
  const row = await selectRedirects(store, transaction).where('redirects.id', '=', id).executeTakeFirst();
  return (
    row ?? refuse({ code: 'redirect-missing', what: 'There is no such redirect any more.', redirect: id })
  );
}

async function seenRow(
  store: PageStore,
  step: PageAttempt,
  redirect: string,
  seen: number,
): Promise<RedirectRow> {
  const row = await redirectRow(store, step, redirect);
  if (row.revision === seen) return row;
  const what = 'Somebody changed the redirect meanwhile. Look at it as it is now, and try again.';
  return step.refuse({ code: 'stale', what, redirect: redirectOf(row) });
}
