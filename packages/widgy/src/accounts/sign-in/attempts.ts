import { hash } from 'node:crypto';
import { sql } from 'kysely';
import type { Queries } from '../../database/database.ts';
import type { AccountsStore } from '../store.ts';

/** What is counted: something that is done to an account or from an address. */
export interface AttemptKey {
  readonly kind:
    | 'sign-in-account'
    | 'sign-in-address'
    | 'sign-in-account-address'
    | 'sign-in-browser'
    | 'change-password'
    | 'reset-account'
    | 'reset-address';
  /** Which account, as the form of its address that is compared, which address, or which of what else is counted. */
  readonly of: string;
}

/** How often something may be tried. */
export interface AttemptLimit {
  readonly max: number;
  /** The length of a window in milliseconds. It begins with the first try. */
  readonly windowMs: number;
}

/**
 * Counts a try before it is made, in one statement: however many come at once, each has a number of its own, and no more than `max` go on in
 * a window. Nobody has to have an account for it to be counted.
 *
 * The clock may jump. When it has gone back, the window begins anew with the count that there is: so nothing is unlocked, and nobody is
 * locked out for longer than a window.
 *
 * @returns undefined if it may be tried, or else after how many milliseconds
 */
export async function countAttempt(
  { database, now }: Pick<AccountsStore, 'database' | 'now'>,
  key: AttemptKey,
  { max, windowMs }: AttemptLimit,
): Promise<number | undefined> {
  const time = now();
  const isOver = sql`attempts.window_start <= ${time - windowMs}`;
  const { count, window_start } = await database.kysely
    .insertInto('attempts')
    .values({ key_hash: keyHash(key), window_start: time, count: 1 })
    .onConflict((conflict) =>
      conflict.column('key_hash').doUpdateSet({
        count: sql<number>`case when ${isOver} then 1 else attempts.count + 1 end`,
        window_start: sql<number>`case when ${isOver} or attempts.window_start > ${time}
          then cast(${time} as bigint) else attempts.window_start end`,
      }),
    )
    .returning(['count', 'window_start'])
    .executeTakeFirstOrThrow();
  return count <= max ? undefined : window_start + windowMs - time;
}

/** Forgets the tries of a key. One statement. */
export async function clearAttempts(queries: Queries, key: AttemptKey): Promise<void> {
  await queries.deleteFrom('attempts').where('key_hash', '=', keyHash(key)).execute();
}

/** So that a copy of the database does not tell who tried what from where at a glance. */
function keyHash({ kind, of }: AttemptKey): string {
  return hash('sha256', JSON.stringify([kind, of]));
}
