import { type RawBuilder, sql, type Transaction } from 'kysely';
import type { Database } from '../database/database.ts';
import type { Tables } from '../database/tables.ts';
import { WidgyError } from '../errors.ts';
import type { Job } from './job.ts';
import { LEASE_MS, RETRY_MS } from './limits.ts';

/** Where leases are kept, and whose they are. */
export interface LeaseStore {
  readonly database: Database;
  /** What this server calls itself; no other does. */
  readonly holder: string;
  /** A clock in milliseconds since 1970, for tests. Default: that of the database, so that all servers have the same one. */
  readonly now?: (() => number) | undefined;
}

/** A lease that this server has taken. */
export interface Lease {
  readonly name: string;
  /** Grows each time the job is taken. */
  readonly token: number;
}

/** Makes sure that each job has its row. One statement. */
export async function addJobs({ database }: LeaseStore, jobs: readonly Job[]): Promise<void> {
  if (jobs.length === 0) return;
  await database.kysely
    .insertInto('leases')
    .values(jobs.map(({ name }) => ({ name, token: 0, has_failed: 0 })))
    .onConflict((conflict) => conflict.column('name').doNothing())
    .execute();
}

/** The jobs that are due and that nobody does. One statement. */
export async function findDue(store: LeaseStore, jobs: readonly Job[]): Promise<readonly Job[]> {
  if (jobs.length === 0) return [];
  const { rows } = await sql<{ readonly name: string }>`
    select name from leases where ${sql.join(
      jobs.map((job) => isDue(store, job)),
      sql` or `,
    )}`.execute(store.database.kysely);
  const names = new Set(rows.map(({ name }) => name));
  return jobs.filter(({ name }) => names.has(name));
}

/** Takes a job if it is still due and nobody does it; undefined where not. One statement. */
export async function takeLease(store: LeaseStore, job: Job): Promise<Lease | undefined> {
  const { rows } = await sql<{ readonly token: number }>`
    update leases set holder = ${store.holder}, token = token + 1,
      renewed_at = ${now(store)}, expires_at = ${now(store)} + ${LEASE_MS}
    where ${isDue(store, job)} returning token`.execute(store.database.kysely);
  const [row] = rows;
  return row && { name: job.name, token: row.token };
}

/** Says that the holder is still there; gives whether it still has the lease. One statement. */
export async function renewLease(store: LeaseStore, lease: Lease): Promise<boolean> {
  const { rows } = await sql`
    update leases set renewed_at = ${now(store)}, expires_at = ${now(store)} + ${LEASE_MS}
    where ${isHeld(store, lease)} returning token`.execute(store.database.kysely);
  return rows.length > 0;
}

/** Gives a lease back: after the job `ended` well, `failed`, or was not done. One statement. */
export async function giveBack(
  store: LeaseStore,
  lease: Lease,
  outcome: 'ended' | 'failed' | 'not-done',
): Promise<void> {
  const run =
    outcome === 'not-done'
      ? sql``
      : sql`, last_run_at = ${now(store)}, has_failed = ${outcome === 'failed' ? 1 : 0}`;
  await sql`update leases set holder = null, renewed_at = null, expires_at = null ${run}
    where ${isHeld(store, lease)}`.execute(store.database.kysely);
}

/**
 * Makes sure that a lease stays held until a transaction ends. One statement.
 *
 * @throws WidgyError `lease-lost`
 */
export async function holdLease(
  { database, holder }: LeaseStore,
  { name, token }: Lease,
  transaction: Transaction<Tables>,
): Promise<void> {
  const query = transaction
    .selectFrom('leases')
    .select('token')
    .where('name', '=', name)
    .where('token', '=', token)
    .where('holder', '=', holder);
  // Who takes it over waits for this transaction then. In SQLite transactions wait for each other anyway.
  const row = await (database.kind === 'postgres' ? query.forShare() : query).executeTakeFirst();
  if (row !== undefined) return;
  throw new WidgyError('lease-lost', { message: `the job "${name}" was taken over by another server` });
}

/** The same moment in all of a statement. */
function now({ database, now: own }: LeaseStore): RawBuilder<number> {
  if (own !== undefined) return sql`cast(${own()} as bigint)`;
  return database.kind === 'sqlite'
    ? sql`cast(unixepoch('subsec') * 1000 as integer)`
    : sql`cast(floor(extract(epoch from statement_timestamp()) * 1000) as bigint)`;
}

/**
 * Nobody has the lease, or it has ended; and the job was not done for long enough. Where a clock was wrong and put back, what is said to
 * have happened later than now does not count: else nothing would be done until that time.
 */
function isDue(store: LeaseStore, { name, every }: Job): RawBuilder<boolean> {
  const time = now(store);
  const pause = (milliseconds: number) => sql`cast(${milliseconds} as bigint)`;
  return sql`(name = ${name}
    and (holder is null or expires_at <= ${time} or renewed_at > ${time} + ${LEASE_MS})
    and (last_run_at is null or last_run_at > ${time}
      or last_run_at <= ${time} - (case has_failed when 1 then ${pause(Math.min(every, RETRY_MS))} else ${pause(every)} end)))`;
}

function isHeld({ holder }: LeaseStore, { name, token }: Lease): RawBuilder<boolean> {
  return sql`name = ${name} and token = ${token} and holder = ${holder}`;
}
