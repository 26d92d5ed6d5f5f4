import { readPage } from './page-tree.ts';
import type { PageStore } from './store.ts';
import { wayTo } from './way.ts';

/** A menu that a page is in and that does not show it where it stands: it has fewer levels. */
export interface HiddenEntry {
  /** What people call the menu. */
  readonly menu: string;
  /** How many levels it shows. */
  readonly depth: number;
  /** The nearest page above that is in the menu too. */
  readonly above: string;
}

/** The menus that a page is in without being shown in them, since too many pages above it are in them too. At most three statements. */
export async function hiddenEntries(store: PageStore, page: string): Promise<readonly HiddenEntry[]> {
  const listed = await readPage(store, page);
  if (listed === undefined || listed.menus.length === 0) return [];
  const { kysely } = store.documents.database;
  const above = (await wayTo(kysely, store, page)).slice(0, -1);
  if (above.length === 0) return [];
  const ids = above.map(({ id }) => id);
  const rows = await kysely.selectFrom('page_menus').selectAll().where('page', 'in', ids).execute();
  return listed.menus.flatMap((name) => {
    const { label, depth } = store.menus.get(name) ?? { label: name, depth: 1 };
    const entries = above.filter(({ id }) => rows.some((row) => row.page === id && row.menu === name));
    const nearest = entries.at(-1);
    return nearest === undefined || entries.length < depth
      ? []
      : [{ menu: label, depth, above: nearest.title }];
  });
}
