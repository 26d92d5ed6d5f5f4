import type { PageStore } from '../store.ts';
import { reindexPage } from './index-page.ts';

/** Pages that are indexed in one transaction. */
const PAGES_AT_ONCE = 50;

/**
 * Keeps anew what is to be searched of all pages of a site: when widgets show other fields than they did, or when pages came into the
 * database past the hook. Pages can be searched meanwhile.
 *
 * @returns how many pages there were
 */
export async function reindexPages(store: PageStore): Promise<number> {
  const { database } = store.documents;
  let count = 0;
  let after = '';
  for (;;) {
    const { done, last } = await database.transaction(async (transaction) => {
      const pages = await transaction
        .selectFrom('pages')
        .select(['id', 'document'])
        .where('site', '=', store.site)
        .where('id', '>', after)
        .orderBy('id')
        .limit(PAGES_AT_ONCE)
        .execute();
      for (const page of pages) await reindexPage(transaction, store, page);
      return { done: pages.length, last: pages.at(-1)?.id };
    });
    count += done;
    if (last === undefined) return count;
    after = last;
  }
}
