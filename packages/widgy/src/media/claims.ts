import type { Transaction } from 'kysely';
import type { Tables } from '../database/tables.ts';
import { UNUSED_MS } from './limits.ts';

/*
 * What keeps an upload and the removal of what is unused apart. Bytes lie in a storage that knows no transactions, and rows in the
 * database; so who stores bytes says so in the database first, and so does who takes them away. Only one of the two may say so of one
 * content. A claim ends by itself, as a process may die that made one.
 *
 * Claims of uploads are left to end: another upload of the same content may be relying on one.
 */

/** Claims a content for an upload: nobody takes its bytes away now. False if somebody is doing so. One statement. */
export async function claim(transaction: Transaction<Tables>, hash: string, now: number): Promise<boolean> {
  const { numInsertedOrUpdatedRows } = await transaction
    .insertInto('media_claims')
    .values({ hash, is_removal: 0, until: now + UNUSED_MS })
    .onConflict((conflict) =>
      conflict
        .column('hash')
        .doUpdateSet({ is_removal: 0, until: now + UNUSED_MS })
        .where((where) =>
          where.or([where('media_claims.is_removal', '=', 0), where('media_claims.until', '<=', now)]),
        ),
    )
    .executeTakeFirstOrThrow();
  return numInsertedOrUpdatedRows === 1n;
}

/**
 * Claims contents for being taken away: those that no media of any site have, and that nobody else has claimed. Two statements, or one
 * if all are in use. Claims that have ended are in the way until they are deleted.
 *
 * @returns those that were claimed
 */
export async function claimRemoval(
  transaction: Transaction<Tables>,
  hashes: readonly string[],
  now: number,
): Promise<ReadonlySet<string>> {
  const used = await transaction
    .selectFrom('media')
    .select('hash')
    .distinct()
    .where('hash', 'in', hashes)
    .execute();
  const named = new Set(used.map(({ hash }) => hash));
  const free = hashes.filter((hash) => !named.has(hash));
  if (free.length === 0) return new Set();
  const claimed = await transaction
    .insertInto('media_claims')
    .values(free.map((hash) => ({ hash, is_removal: 1, until: now + UNUSED_MS })))
    .onConflict((conflict) => conflict.column('hash').doNothing())
    .returning('hash')
    .execute();
  return new Set(claimed.map(({ hash }) => hash));
}

/** Gives up claims for being taken away, once nothing is taken away any more. One statement. */
export async function endRemoval(
  transaction: Transaction<Tables>,
  hashes: ReadonlySet<string>,
): Promise<void> {
  await transaction
    .deleteFrom('media_claims')
    .where('hash', 'in', [...hashes])
    .where('is_removal', '=', 1)
    .execute();
}
