import { sql } from 'kysely';
import { WidgyError } from '../errors.ts';
import { didYouMean } from '../widgets/nearest.ts';
import { addressOfPath } from './address.ts';
import { MAX_MENU_ENTRIES } from './limits.ts';
import { aimPath, linkUrls } from './link-targets.ts';
import { type MenuEntry, type MenuPage, nestEntries } from './menu-entries.ts';
import type { PageStore } from './store.ts';
import { isShown } from './visible.ts';

/** Who looks at menus. */
export interface MenuQuestion {
  readonly isSignedIn: boolean;
}

/**
 * The entries of a menu that a visitor sees; see {@link readMenus}.
 *
 * @throws WidgyError `name-unknown` for a menu that the site does not have
 */
export async function readMenu(
  store: PageStore,
  menu: string,
  question: MenuQuestion,
): Promise<readonly MenuEntry[]> {
  return (await readMenus(store, [menu], question)).get(menu) ?? [];
}

/**
 * The entries of some menus that a visitor sees, by the names of the menus. An entry stands below that of the nearest page above its own
 * that is in the menu too; where that one is not shown, neither is what stands below it. One statement for all of them; one more for
 * each type of things, other than pages, that link pages in them lead to.
 *
 * @throws WidgyError `name-unknown` for a menu that the site does not have
 */
export async function readMenus(
  store: PageStore,
  menus: readonly string[],
  { isSignedIn }: MenuQuestion,
): Promise<ReadonlyMap<string, readonly MenuEntry[]>> {
  for (const menu of menus) if (!store.menus.has(menu)) throw unknownMenu(store, menu);
  if (menus.length === 0) return new Map();
  const { kysely } = store.documents.database;
  const { rows } = await sql<MenuRow>`
    select * from (
      select page_menus.menu, pages.id, pages.title, pages.path, pages.kind, pages.depth, pages.position,
        pages.target, pages.is_protected, ${aimPath(store, 'pages', { isSignedIn })} as aim_path,
        case when ${isShown(store, 'pages')} then 1 else 0 end as is_shown,
        row_number() over (partition by page_menus.menu order by pages.depth, pages.position, pages.id) as place
      from page_menus
      join pages on pages.id = page_menus.page
      where page_menus.menu in (${sql.join(menus)}) and pages.site = ${store.site} and pages.deleted_at is null
    ) as entries
    where place <= ${MAX_MENU_ENTRIES}
    order by depth, position, id`.execute(kysely);
  const urlOf = await linkUrls(store, kysely, rows);
  const pageOf = (row: MenuRow): MenuPage => {
    const url = row.kind === 'link' ? urlOf(row) : addressOfPath(row.path);
    const isOpen = isSignedIn || row.is_protected !== 1;
    return {
      id: row.id,
      title: row.title,
      path: row.path,
      url: row.is_shown === 1 && isOpen ? url : undefined,
    };
  };
  return new Map(
    menus.map((menu) => {
      const pages = rows.filter((row) => row.menu === menu).map(pageOf);
      return [menu, nestEntries(pages, store.menus.get(menu)?.depth ?? 1)];
    }),
  );
}

interface MenuRow {
  readonly menu: string;
  readonly id: string;
  readonly title: string;
  readonly path: string;
  readonly kind: string;
  readonly target: string | null;
  readonly is_protected: number;
  readonly aim_path: string | null;
  readonly is_shown: number;
}

function unknownMenu({ menus }: PageStore, menu: string): WidgyError {
  const known = [...menus.keys()];
  return new WidgyError('name-unknown', {
    message: `there is no menu ${JSON.stringify(menu)}`,
    help: `${didYouMean(menu, known)}These are given to openPages: ${known.join(', ') || 'none'}.`,
  });
}
