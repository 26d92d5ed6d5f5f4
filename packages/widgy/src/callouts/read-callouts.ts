import { sql } from 'kysely';
import type { Queries } from '../database/database.ts';
import { isId } from '../tree/widget.ts';
import { CALLOUT, type Callout, calloutOf } from './callout.ts';
import { MAX_CALLOUTS_LISTED } from './limits.ts';
import { nameKey } from './name.ts';
import type { CalloutStore } from './store.ts';

/** Which call-outs are listed. */
export interface CalloutQuestion {
  /** A part of their names. Default: any. */
  readonly text?: string;
  /** Whether those in the bin are meant, or those that are not there. Default: false. */
  readonly isDeleted?: boolean;
  /** At most {@link MAX_CALLOUTS_LISTED}, which is the default too. */
  readonly limit?: number;
  /** How many of them are passed over. Default: 0. */
  readonly offset?: number;
}

/** A call-out, and in how many documents it is used: in their drafts, or in what of them is shown or may be shown. */
export interface ListedCallout extends Callout {
  readonly uses: number;
}

/** Some call-outs in the order of their names, and how many there are in all. */
export interface CalloutList {
  readonly callouts: readonly ListedCallout[];
  readonly total: number;
}

/** A call-out, in the bin or not; undefined where there is none. At most one statement. */
export async function readCallout(
  { documents, site }: CalloutStore,
  id: string,
): Promise<Callout | undefined> {
  const { database } = documents;
  database.refuseInside();
  return await findCallout(database.kysely, site, id);
}

/** The same with a transaction that is going on. */
export async function findCallout(queries: Queries, site: string, id: string): Promise<Callout | undefined> {
  if (!isId(id)) return undefined;
  const row = await queries
    .selectFrom('callouts')
    .select(COLUMNS)
    .where('site', '=', site)
    .where('id', '=', id)
    .executeTakeFirst();
  return row && calloutOf(row);
}

/** The one that has a name and is not in the bin. One statement. */
export async function findByName(queries: Queries, site: string, key: string): Promise<Callout | undefined> {
  const row = await queries
    .selectFrom('callouts')
    .select(COLUMNS)
    .where('site', '=', site)
    .where('name_key', '=', key)
    .where('deleted_at', 'is', null)
    .executeTakeFirst();
  return row && calloutOf(row);
}

const COLUMNS = [
  ...(['id', 'name', 'document', 'deleted_at'] as const),
  ...(['revision', 'created_at', 'updated_at', 'author'] as const),
] as const;

/** Lists call-outs with how often they are used. Two statements, and one where nothing is found. */
export async function listCallouts(
  { documents, site, now }: CalloutStore,
  { text = '', isDeleted = false, limit = MAX_CALLOUTS_LISTED, offset = 0 }: CalloutQuestion = {},
): Promise<CalloutList> {
  const { database, isReviewed } = documents;
  database.refuseInside();
  const rows = await database.kysely
    .selectFrom('callouts')
    .select([...COLUMNS, sql<number>`count(*) over ()`.as('total')])
    .where('site', '=', site)
    .where('deleted_at', isDeleted ? 'is not' : 'is', null)
    .where(nameHas(text))
    .orderBy('name_key')
    .orderBy('id')
    .limit(within(limit, 1, MAX_CALLOUTS_LISTED))
    .offset(within(offset, 0, Number.MAX_SAFE_INTEGER))
    .execute();
  const ids = rows.map(({ id }) => id);
  const uses = await countUses(database.kysely, ids, { now: now(), isReviewed });
  return {
    callouts: rows.map((row) => ({ ...calloutOf(row), uses: uses.get(row.id) ?? 0 })),
    total: rows[0]?.total ?? 0,
  };
}

/**
 * Those of some call-outs that are there and not in the bin, by their ids, with how often they are used. Two statements, and one where none
 * is there, or none.
 */
export async function readUses(
  { documents, site, now }: CalloutStore,
  ids: readonly string[],
): Promise<ReadonlyMap<string, ListedCallout>> {
  const { database, isReviewed } = documents;
  database.refuseInside();
  const asked = ids.filter(isId);
  if (asked.length === 0) return new Map();
  const rows = await database.kysely
    .selectFrom('callouts')
    .select(COLUMNS)
    .where('site', '=', site)
    .where('deleted_at', 'is', null)
    .where('id', 'in', asked)
    .execute();
  const found = rows.map(({ id }) => id);
  const uses = await countUses(database.kysely, found, { now: now(), isReviewed });
  return new Map(rows.map((row) => [row.id, { ...calloutOf(row), uses: uses.get(row.id) ?? 0 }]));
}

function within(number: number, least: number, most: number): number {
  return Math.min(Math.max(Math.trunc(number) || 0, least), most);
}

/** The condition that a name has a text somewhere. */
export function nameHas(text: string) {
  return sql<boolean>`name_key like ${`%${pattern(text)}%`} escape '\\'`;
}

/** The condition that a name begins with a text. */
export function nameBegins(text: string) {
  return sql<boolean>`name_key like ${`${pattern(text)}%`} escape '\\'`;
}

/** What is typed means itself, and never any text. */
function pattern(text: string): string {
  return nameKey(text.toWellFormed().replaceAll('\0', '')).replace(/[\\%_]/g, '\\$&');
}

/**
 * How many documents use each of some call-outs, as `whatLinksTo` counts those that hold back a deletion: in the draft, in the commit that is
 * live, or in one that may become live. One statement, or none where nothing is asked for.
 */
async function countUses(
  queries: Queries,
  ids: readonly string[],
  { now, isReviewed }: { readonly now: number; readonly isReviewed: boolean },
): Promise<ReadonlyMap<string, number>> {
  if (ids.length === 0) return new Map();
  const isWanted = sql`links.target_type = ${CALLOUT} and links.target_id in (${sql.join(ids)})`;
  const { rows } = await sql<{ readonly id: string; readonly uses: number }>`
    with linking as (select distinct document from links where ${isWanted}),
    lives as (
      select document, coalesce((
        select max(number) from commits
        where commits.document = linking.document and publish_at <= ${now}
        ${isReviewed ? sql`and approved_at is not null` : sql``}
      ), 0) as live
      from linking
    )
    select links.target_id as id, count(distinct links.document) as uses
    from links
    join lives on lives.document = links.document
    join documents on documents.id = links.document
    left join commits on commits.document = links.document and commits.number = links.version
    where ${isWanted}
      and (links.version = 0 or (links.version >= live and is_withdrawal = 0 and publish_at is not null))
      and not (coalesce(owner_type, '') = ${CALLOUT} and coalesce(owner_id, '') = links.target_id)
    group by links.target_id`.execute(queries);
  return new Map(rows.map(({ id, uses }) => [id, uses]));
}
