import type { Transaction } from 'kysely';
import type { Tables } from '../database/tables.ts';

/** Puts a page into these menus and no others. One or two statements. */
export async function writeMenus(
  transaction: Transaction<Tables>,
  page: string,
  menus: readonly string[],
): Promise<void> {
  await transaction.deleteFrom('page_menus').where('page', '=', page).execute();
  if (menus.length === 0) return;
  await transaction
    .insertInto('page_menus')
    .values(menus.map((menu) => ({ page, menu })))
    .execute();
}
