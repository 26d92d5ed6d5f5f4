import { sql, type Transaction } from 'kysely';
import type { Queries } from '../database/database.ts';
import type { Tables } from '../database/tables.ts';
import type { Link, LinkChanges } from './links-in.ts';

/** The version of a document under which the links of its draft are kept. Those of a commit are kept under its number. */
export const DRAFT = 0;

/**
 * Brings the links that are kept of a draft up to date. One statement if links were removed, and one if some were added.
 * What is there already stays, and what is not there need not be removed.
 *
 * @param transaction the one in which the change of the draft is kept
 */
export async function writeDraftLinks(
  transaction: Transaction<Tables>,
  document: string,
  { added, removed }: LinkChanges,
): Promise<void> {
  if (removed.length > 0) {
    await transaction
      .deleteFrom('links')
      .where('document', '=', document)
      .where('version', '=', DRAFT)
      .where(sql<boolean>`(widget, field, target_type, target_id) in (select ${COLUMNS} ${rows(removed)})`)
      .execute();
  }
  await addLinks(transaction, document, DRAFT, added);
}

/** Adds links to those that are kept of one version of a document. One statement, or none where there are no links. */
async function addLinks(
  transaction: Transaction<Tables>,
  document: string,
  version: number,
  links: readonly Link[],
): Promise<void> {
  if (links.length === 0) return;
  // SQLite takes what follows a table for the condition of a join where there is no other.
  const given = sql`select cast(${document} as text), cast(${version} as bigint), ${COLUMNS} ${rows(links)} where true`;
  await sql`insert into links (document, version, widget, field, target_type, target_id) ${given}
    on conflict do nothing`.execute(transaction);
}

/**
 * Keeps these links of a draft and no others: for a draft that is new, and for all drafts once the fields of types have changed.
 * At most two statements.
 */
export async function replaceDraftLinks(
  transaction: Transaction<Tables>,
  document: string,
  links: readonly Link[],
): Promise<void> {
  await replaceLinks(transaction, document, DRAFT, links);
}

/** The same for any version: {@link DRAFT}, or the number of a commit. At most two statements. */
export async function replaceLinks(
  transaction: Transaction<Tables>,
  document: string,
  version: number,
  links: readonly Link[],
): Promise<void> {
  await transaction
    .deleteFrom('links')
    .where('document', '=', document)
    .where('version', '=', version)
    .execute();
  await addLinks(transaction, document, version, links);
}

/**
 * Keeps the links of one version for another one of the same document too, which has none yet: those of the draft for a new commit. One
 * statement.
 */
export async function copyLinks(
  transaction: Transaction<Tables>,
  document: string,
  from: number,
  to: number,
): Promise<void> {
  const version = sql<number>`cast(${to} as bigint)`;
  await transaction
    .insertInto('links')
    .columns(['document', 'version', 'widget', 'field', 'target_type', 'target_id'])
    .expression((select) =>
      select
        .selectFrom('links')
        .select(['document', version.as('version'), 'widget', 'field', 'target_type', 'target_id'])
        .where('document', '=', document)
        .where('version', '=', from),
    )
    .execute();
}

/** The links that are kept of one version of a document, in no order. One statement. */
export async function readLinks(
  queries: Queries,
  document: string,
  version: number,
): Promise<readonly Link[]> {
  const found = await queries
    .selectFrom('links')
    .select(['widget', 'field', 'target_type', 'target_id'])
    .where('document', '=', document)
    .where('version', '=', version)
    .execute();
  return found.map(({ widget, field, target_type, target_id }) => {
    return { widget, field, target: { type: target_type, id: target_id } };
  });
}

/**
 * Any number of links as rows of one parameter: databases bound the number of parameters. Both have the function `json_each` for
 * objects, and read its values with the same operator.
 */
function rows(links: readonly Link[]) {
  const numbered = Object.fromEntries(
    links.map(({ widget, field, target }, at) => [at, { widget, field, type: target.type, id: target.id }]),
  );
  return sql`from json_each(${JSON.stringify(numbered)}) as given`;
}

const COLUMNS = sql`given.value ->> 'widget', given.value ->> 'field', given.value ->> 'type', given.value ->> 'id'`;
