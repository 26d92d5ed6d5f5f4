import type { Tables } from '../database/tables.ts';

/** A table that backups hold. */
export interface KeptTable {
  readonly table: keyof Tables;
  /** The columns of its primary key. */
  readonly key: readonly string[];
  /** Columns that name rows of tables that come later, or later rows of this one: they are filled when everything is there. */
  readonly later: readonly string[];
}

/** In an order in which rows name only what is there already. */
export const KEPT_TABLES = [
  { table: 'trees', key: ['hash'], later: [] },
  { table: 'documents', key: ['id'], later: ['head'] },
  { table: 'commits', key: ['document', 'number'], later: [] },
  { table: 'operations', key: ['document', 'sequence'], later: [] },
  {
    table: 'links',
    key: ['document', 'version', 'widget', 'field', 'target_type', 'target_id'],
    later: [],
  },
  { table: 'settings', key: ['site', 'name'], later: [] },
  { table: 'users', key: ['id'], later: [] },
  { table: 'roles', key: ['name'], later: [] },
  { table: 'user_roles', key: ['user_id', 'site', 'role'], later: [] },
  { table: 'media', key: ['id'], later: [] },
  { table: 'pages', key: ['id'], later: ['parent'] },
  { table: 'page_menus', key: ['page', 'menu'], later: [] },
  { table: 'redirects', key: ['id'], later: [] },
  { table: 'callouts', key: ['id'], later: [] },
] as const satisfies readonly KeptTable[];

/** Tables that backups leave out, and why. A table is in one of the two lists, or this does not compile. */
export const LEFT_OUT = {
  sessions: 'whoever finds a backup signs in with nothing in it',
  tokens: 'whoever finds a backup sets no password with anything in it',
  attempts: 'it counts minutes',
  presence: 'it says who is there at the moment',
  page_texts: 'it follows from the documents',
  media_claims: 'it says what is under way',
  leases: 'it says what is under way',
  generations: 'it is counted anew',
  widgy_migrations: 'it is written by migrating',
} as const satisfies Record<Exclude<keyof Tables, (typeof KEPT_TABLES)[number]['table']>, string>;

/** One part of a backup: rows of a table to be inserted, or columns of them to be filled. */
export interface Part {
  readonly kind: 'rows' | 'later';
  readonly kept: KeptTable;
  /** What its entries are called before their number. */
  readonly name: string;
  readonly columns: readonly string[];
}

/**
 * The parts of a backup in their order.
 *
 * @param columns all columns of each table; one that is not in it is left out
 */
export function partsOf(columns: Readonly<Record<string, readonly string[]>>): readonly Part[] {
  const tables: readonly KeptTable[] = KEPT_TABLES;
  const there = tables.filter(({ table }) => Object.hasOwn(columns, table));
  const rows = there.map((kept): Part => {
    const own = (columns[kept.table] ?? []).filter((column) => !kept.later.includes(column));
    return { kind: 'rows', kept, name: `rows/${kept.table}`, columns: own };
  });
  const later = there
    .filter((kept) => kept.later.length > 0)
    .map((kept): Part => {
      return { kind: 'later', kept, name: `later/${kept.table}`, columns: [...kept.key, ...kept.later] };
    });
  return [...rows, ...later];
}
