import { setTimeout as sleep } from 'node:timers/promises';
import type { Database } from '../../src/database/database.ts';

/** Milliseconds in which a server has to do a job that is due: it looks for such jobs every ten seconds. */
const DEADLINE = 40_000;

/** Lets time pass for a job: all that was ever said of it was said so many milliseconds earlier. Gives who holds its lease. */
export async function passTime(
  { kysely }: Database,
  name: string,
  milliseconds: number,
): Promise<string | null> {
  const row = await kysely
    .updateTable('leases')
    .set(({ eb }) => ({
      renewed_at: eb('renewed_at', '-', milliseconds),
      expires_at: eb('expires_at', '-', milliseconds),
      last_run_at: eb('last_run_at', '-', milliseconds),
    }))
    .where('name', '=', name)
    .returning('holder')
    .executeTakeFirstOrThrow();
  return row.holder;
}

/** When a job was done last, in milliseconds since 1970; undefined where it never was. */
export async function lastRun({ kysely }: Database, name: string): Promise<number | undefined> {
  const row = await kysely
    .selectFrom('leases')
    .select('last_run_at')
    .where('name', '=', name)
    .executeTakeFirst();
  return row?.last_run_at ?? undefined;
}

/** Waits until a job was done after a time. */
export async function doneAfter(database: Database, name: string, time: number): Promise<void> {
  const end = performance.now() + DEADLINE;
  while (((await lastRun(database, name)) ?? 0) <= time) {
    if (performance.now() > end) throw new Error(`nobody did the job "${name}"`);
    await sleep(100);
  }
}
