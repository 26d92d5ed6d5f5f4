import type { Transaction } from 'kysely';
import type { Tables } from '../../database/tables.ts';
import { WidgyError } from '../../errors.ts';
import { utf8Length } from '../../tree/json.ts';
import { MAX_SESSION_BYTES, MAX_TOKEN_LENGTH } from '../limits.ts';
import { type RefusedAccounts, refuse } from '../refusal.ts';
import type { AccountsStore } from '../store.ts';
import { hashToken } from '../tokens/token.ts';
import { isOver, type SignedInData, signedInOfData } from './session.ts';

/** What became of a session: it is kept, or why not. */
export type WrittenSession = { readonly ok: true } | RefusedAccounts;

/**
 * Keeps the data of a session, a new one or one that there is. Who is signed in is in the data: see `signedInData`.
 *
 * - A session never changes its user or their rights: whoever signs in, or has got other rights, gets a new token.
 * - A new one begins only with the rights that its user has at this moment, so one cannot sign in with a password that was just changed.
 * - One that was ended, or is over, stays so, whatever a request that is still going on writes.
 *
 * @param data an object that JSON can hold
 * @throws WidgyError `accounts-invalid` for data that name a user and are not what `signedInData` gives
 */
export async function writeSession(
  store: AccountsStore,
  token: string,
  data: object,
): Promise<WrittenSession> {
  store.database.refuseInside();
  const text = JSON.stringify(data);
  const who = signedInOfData(JSON.parse(text));
  if (who === undefined) {
    const message = 'the data of a session say that somebody is signed in, but not with which rights';
    throw new WidgyError('accounts-invalid', {
      message,
      help: 'Put what signedInData gives into the session.',
    });
  }
  if (token === '' || token.length > MAX_TOKEN_LENGTH) return ended();
  if (utf8Length(text) > MAX_SESSION_BYTES) {
    const what = 'There is too much to remember in this session. Sign out, and sign in again.';
    return refuse({ code: 'session-too-large', what, limit: MAX_SESSION_BYTES });
  }
  const session = { idHash: hashToken(token), text, who, now: store.now() };
  return await store.database.transaction(
    async (transaction) => (await update(transaction, session)) ?? (await insert(transaction, session)),
  );
}

interface NewSession {
  readonly idHash: string;
  readonly text: string;
  readonly who: SignedInData | null;
  readonly now: number;
}

/** Writes a session that there is; undefined if there is none. */
async function update(
  transaction: Transaction<Tables>,
  { idHash, text, who, now }: NewSession,
): Promise<WrittenSession | undefined> {
  const row = await transaction
    .selectFrom('sessions')
    .select(['user_id', 'rights_revision', 'data', 'created_at', 'seen_at', 'ended_at', 'replaced_at'])
    .where('id_hash', '=', idHash)
    .executeTakeFirst();
  if (row === undefined) return undefined;
  if (isOver(row, now)) return ended();
  if (row.user_id !== (who?.userId ?? null) || row.rights_revision !== (who?.rightsRevision ?? null)) {
    const what = 'This session belongs to somebody else, or to nobody. Sign in again.';
    return refuse({ code: 'session-not-rotated', what });
  }
  if (row.data !== text) {
    await transaction.updateTable('sessions').set({ data: text }).where('id_hash', '=', idHash).execute();
  }
  return { ok: true };
}

async function insert(
  transaction: Transaction<Tables>,
  { idHash, text, who, now }: NewSession,
): Promise<WrittenSession> {
  if (who !== null) {
    const user = await transaction
      .selectFrom('users')
      .select('rights_revision')
      .where('id', '=', who.userId)
      .where('is_active', '=', 1)
      .executeTakeFirst();
    if (user?.rights_revision !== who.rightsRevision) return ended();
  }
  await transaction
    .insertInto('sessions')
    .values({
      id_hash: idHash,
      user_id: who?.userId ?? null,
      data: text,
      assurance: who?.assurance ?? null,
      rights_revision: who?.rightsRevision ?? null,
      created_at: now,
      seen_at: now,
      ended_at: null,
      replaced_at: null,
      address: who?.address ?? null,
      agent: who?.agent ?? null,
    })
    .execute();
  return { ok: true };
}

/** The refusal for a session that is over. */
export function ended(): RefusedAccounts {
  return refuse({ code: 'session-ended', what: 'Your session is over. Sign in again.' });
}
