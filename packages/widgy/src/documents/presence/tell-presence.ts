import { type ExpressionBuilder, sql } from 'kysely';
import type { Tables } from '../../database/tables.ts';
import type { Author } from '../author.ts';
import { MAX_PRESENT, MAX_PRESENT_OF_AUTHOR } from '../limits.ts';
import { documentMissing, type RefusedDocument, refuseDocument } from '../refusal.ts';
import { checkTexts } from '../request.ts';
import type { DocumentStore } from '../store.ts';
import { type PresentClient, readPresence, timesOfPresence } from './read-presence.ts';

/** Where somebody is. */
export interface PresenceRequest {
  /** An id that the client made for itself, as `isId` has it, so that nobody else has the same. */
  readonly client: string;
  /** The id of the widget that they are at; null for none. */
  readonly widget: string | null;
}

/** Those who are at a document now. */
export interface Present {
  readonly ok: true;
  readonly present: readonly PresentClient[];
}

/**
 * Says that somebody is at a document, and at which widget of it: for `PRESENCE_MS`, if they do not say it again. A client
 * belongs to the author who brought it, and to nobody else as long as it is there. All who have gone from any document are forgotten.
 *
 * Three statements, each for itself: no transaction of somebody who saves has to wait for all of them, or to be done again.
 */
export async function tellPresence(
  store: DocumentStore,
  document: string,
  { client, widget }: PresenceRequest,
  author: Author,
): Promise<Present | RefusedDocument> {
  const invalid = checkTexts({ client, widget });
  if (invalid !== undefined) return invalid;
  const row: Row = { document, client, author: author.id, widget };
  await forgetGone(store);
  if (!(await write(store, row))) return await whyNot(store, row);
  store.presenceEvents.emit({ document });
  const found = await readPresence(store, [document]);
  return { ok: true, present: found.get(document) ?? [] };
}

/** What is written of a client, beside the time. */
interface Row extends PresentClient {
  readonly document: string;
}

async function forgetGone({ database, now }: DocumentStore): Promise<void> {
  const { after, before } = timesOfPresence(now());
  await database.kysely
    .deleteFrom('presence')
    .where((where) => where.or([where('seen_at', '<=', after), where('seen_at', '>=', before)]))
    .execute();
}

/** Writes a row if the document is there, has room, and the client is nobody else's. */
async function write(
  { database, now }: DocumentStore,
  { document, client, author, widget }: Row,
): Promise<boolean> {
  const { kysely, kind } = database;
  const seenAt = now();
  const row = kysely
    .selectFrom('documents')
    .select([
      'id',
      sql<string>`cast(${client} as text)`.as('client'),
      sql<string | null>`cast(${author} as text)`.as('author'),
      sql<string | null>`cast(${widget} as text)`.as('widget'),
      sql<number>`cast(${seenAt} as bigint)`.as('seen_at'),
    ])
    .where('id', '=', document)
    .where((where) => hasRoom(where, { document, client, author }));
  const { numInsertedOrUpdatedRows } = await kysely
    .insertInto('presence')
    .columns(['document', 'client', 'author', 'widget', 'seen_at'])
    // A document that is being deleted is waited for, and is not there then. In SQLite that is so anyway.
    .expression(kind === 'postgres' ? row.forKeyShare() : row)
    .onConflict((conflict) =>
      conflict
        .columns(['document', 'client'])
        .doUpdateSet({ widget, seen_at: seenAt })
        .where('presence.author', 'is not distinct from', author),
    )
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

/** Who is there already needs no room. */
function hasRoom(
  where: ExpressionBuilder<Tables, 'documents'>,
  { document, client, author }: Omit<Row, 'widget'>,
) {
  const here = where.selectFrom('presence').where('document', '=', document);
  const count = here.select(sql<number>`count(*)`.as('count'));
  const own = count.where('author', 'is not distinct from', author);
  return where.or([
    where.exists(here.select('client').where('client', '=', client)),
    where.and([where(count, '<', MAX_PRESENT), where(own, '<', MAX_PRESENT_OF_AUTHOR)]),
  ]);
}

async function whyNot({ database }: DocumentStore, { document, client }: Row): Promise<RefusedDocument> {
  const found = await database.kysely
    .selectFrom('documents')
    .leftJoin('presence', (join) => join.onRef('document', '=', 'documents.id').on('client', '=', client))
    .select('client')
    .where('documents.id', '=', document)
    .executeTakeFirst();
  if (found === undefined) return documentMissing(document);
  if (found.client !== null) {
    const what = `the client "${client}" is somebody else's`;
    return refuseDocument({ code: 'client-taken', what, client });
  }
  const what = `at most ${MAX_PRESENT} can be at a document, and ${MAX_PRESENT_OF_AUTHOR} of one author`;
  return refuseDocument({ code: 'presence-full', what });
}
