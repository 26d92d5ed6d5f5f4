import { MAX_TOKEN_LENGTH } from '../limits.ts';
import type { RefusedAccounts } from '../refusal.ts';
import type { AccountsStore } from '../store.ts';
import { hashToken } from '../tokens/token.ts';
import { storable } from '../users/storable.ts';
import { endSessionsOf } from './end-rows.ts';
import { ASSURANCES, type Assurance, isOver } from './session.ts';
import { ended } from './write-session.ts';

/** A session, as its user sees it. */
export interface ListedSession {
  /** Names it to {@link endListedSession}. It is not the token, and of no use without being signed in. */
  readonly id: string;
  readonly assurance: Assurance | null;
  readonly createdAt: number;
  /** To the minute. */
  readonly seenAt: number;
  readonly address: string | null;
  readonly agent: string | null;
  /** Whether it is the one that asks. */
  readonly isCurrent: boolean;
}

/** The sessions of somebody that are neither over nor replaced, the one used last first. One statement. */
export async function listSessions(
  { database, now }: AccountsStore,
  user: string,
  current?: string,
): Promise<readonly ListedSession[]> {
  database.refuseInside();
  const rows = await database.kysely
    .selectFrom('sessions')
    .selectAll()
    .where('user_id', '=', storable(user))
    .where('ended_at', 'is', null)
    .where('replaced_at', 'is', null)
    .orderBy('seen_at', 'desc')
    .orderBy('id_hash')
    .execute();
  const own = current === undefined ? undefined : hashToken(current);
  const time = now();
  return rows
    .filter((row) => !isOver(row, time))
    .map((row) => ({
      id: row.id_hash,
      assurance: ASSURANCES.find((one) => one === row.assurance) ?? null,
      createdAt: row.created_at,
      seenAt: row.seen_at,
      address: row.address,
      agent: row.agent,
      isCurrent: row.id_hash === own,
    }));
}

/** Ends the session with a token, as signing out does; one that was replaced ends by itself. One statement. */
export async function endSession({ database, now }: AccountsStore, token: string): Promise<void> {
  database.refuseInside();
  if (token.length > MAX_TOKEN_LENGTH) return;
  await database.kysely
    .updateTable('sessions')
    .set({ ended_at: now(), data: '{}' })
    .where('id_hash', '=', hashToken(token))
    .where('ended_at', 'is', null)
    .where('replaced_at', 'is', null)
    .execute();
}

/** Ends a session of a list, if it is a session of this user. One statement. */
export async function endListedSession(
  { database, now }: AccountsStore,
  user: string,
  id: string,
): Promise<{ readonly ok: true } | RefusedAccounts> {
  database.refuseInside();
  const { numUpdatedRows } = await database.kysely
    .updateTable('sessions')
    .set({ ended_at: now(), data: '{}' })
    .where('id_hash', '=', storable(id))
    .where('user_id', '=', storable(user))
    .where('ended_at', 'is', null)
    .executeTakeFirstOrThrow();
  return numUpdatedRows === 1n ? { ok: true } : ended();
}

/**
 * Ends all sessions of somebody, but for the one with the given token. One statement.
 *
 * @returns how many
 */
export async function endSessions(
  { database, now }: AccountsStore,
  user: string,
  { except }: { readonly except?: string } = {},
): Promise<number> {
  database.refuseInside();
  const spared = except === undefined ? undefined : hashToken(except);
  return await endSessionsOf(database.kysely, storable(user), now(), spared);
}
