import { sql, type Transaction } from 'kysely';
import type { RequestKey } from '../../database/changes.ts';
import type { Tables } from '../../database/tables.ts';
import { copyLinks, DRAFT } from '../../links/stored-links.ts';

/** A commit that is to become the newest one of a document. */
export interface NewCommit {
  readonly document: string;
  /** The sequence number that the draft must be at. */
  readonly sequence: number;
  /** The number that the newest commit must have, null for none; any if not given. */
  readonly head?: number | null | undefined;
  /** The content hash of its tree, which is kept already; null for a withdrawal, which has that of the commit before. */
  readonly hash: string | null;
  readonly author: string | null;
  readonly message: string;
  readonly publishAt: number | null;
  readonly request: RequestKey | null;
  readonly now: number;
}

/**
 * Writes a commit if the draft is at the sequence number that it was made for, if its request was not done before, and if it is not the
 * newest commit once more. The draft starts from it from then on, and its links become those of the commit. Three statements.
 *
 * @returns its number; undefined where nothing was written
 */
export async function writeCommit(
  transaction: Transaction<Tables>,
  commit: NewCommit,
): Promise<number | undefined> {
  const { document, sequence, hash } = commit;
  const number = await insertCommit(transaction, commit);
  if (number === undefined) return undefined;
  await transaction
    .updateTable('documents')
    .set(hash === null ? { head: number } : { head: number, draft_base: hash, draft_base_sequence: sequence })
    .where('id', '=', document)
    .execute();
  if (hash !== null) await copyLinks(transaction, document, DRAFT, number);
  return number;
}

async function insertCommit(
  transaction: Transaction<Tables>,
  { document, sequence, head, hash, author, message, publishAt, request, now }: NewCommit,
): Promise<number | undefined> {
  const isWithdrawal = hash === null;
  const text = (value: string | null) => sql<string | null>`cast(${value} as text)`;
  const integer = (value: number | null) => sql<number | null>`cast(${value} as bigint)`;
  const source = transaction
    .selectFrom('documents')
    .leftJoin('commits', (join) =>
      join.onRef('commits.document', '=', 'documents.id').onRef('commits.number', '=', 'documents.head'),
    )
    .select([
      'documents.id',
      sql<number>`coalesce(documents.head, 0) + 1`.as('number'),
      'documents.head as parent',
      (hash === null ? sql<string>`commits.tree` : sql<string>`cast(${hash} as text)`).as('tree'),
      text(author).as('author'),
      text(message).as('message'),
      integer(publishAt).as('publish_at'),
      integer(isWithdrawal ? 1 : 0).as('is_withdrawal'),
      text(request?.key ?? null).as('request_key'),
      text(request?.hash ?? null).as('request_hash'),
      integer(now).as('created_at'),
    ])
    .where('documents.id', '=', document)
    .$if(head !== undefined, (query) =>
      head === null || head === undefined
        ? query.where('documents.head', 'is', null)
        : query.where('documents.head', '=', head),
    )
    .$if(hash === null, (query) => query.where('commits.is_withdrawal', '=', 0))
    .$if(hash !== null, (query) =>
      query
        .where('documents.draft_sequence', '=', sequence)
        .where('documents.draft_hash', '=', hash ?? '')
        .where(({ or, eb }) =>
          or([
            eb('documents.head', 'is', null),
            eb('commits.tree', '<>', hash ?? ''),
            eb('commits.is_withdrawal', '=', 1),
          ]),
        ),
    );
  const inserted = await transaction
    .insertInto('commits')
    .columns([
      'document',
      'number',
      'parent',
      'tree',
      'author',
      'message',
      'publish_at',
      'is_withdrawal',
      'request_key',
      'request_hash',
      'created_at',
    ])
    .expression(source)
    .onConflict((conflict) => conflict.doNothing())
    .returning('number')
    .executeTakeFirst();
  return inserted?.number;
}
