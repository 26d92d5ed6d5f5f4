import {
  ENDED_SESSION_MS,
  RESET_WINDOW_MS,
  SESSION_ABSOLUTE_MS,
  SESSION_IDLE_MS,
  SIGN_IN_WINDOW_MS,
} from './limits.ts';
import type { AccountsStore } from './store.ts';

/** How many rows were taken away. */
export interface DeletedRows {
  readonly sessions: number;
  readonly tokens: number;
  readonly attempts: number;
}

/**
 * Takes away sessions, links and counts of tries that are over: for a job that runs now and then, on one server or on several. What seems to
 * come from the future stays, so that a clock that was wrong for a moment signs nobody out. Three statements.
 */
export async function deleteExpired({ database, now }: AccountsStore): Promise<DeletedRows> {
  database.refuseInside();
  const { kysely } = database;
  const time = now();
  const sessions = await kysely
    .deleteFrom('sessions')
    .where(({ eb, or }) =>
      or([
        eb('seen_at', '<=', time - SESSION_IDLE_MS),
        eb('created_at', '<=', time - SESSION_ABSOLUTE_MS),
        eb('ended_at', '<=', time - ENDED_SESSION_MS),
        eb('replaced_at', '<=', time - ENDED_SESSION_MS),
      ]),
    )
    .executeTakeFirstOrThrow();
  const tokens = await kysely.deleteFrom('tokens').where('expires_at', '<=', time).executeTakeFirstOrThrow();
  const attempts = await kysely
    .deleteFrom('attempts')
    .where('window_start', '<=', time - Math.max(SIGN_IN_WINDOW_MS, RESET_WINDOW_MS))
    .executeTakeFirstOrThrow();
  return {
    sessions: Number(sessions.numDeletedRows),
    tokens: Number(tokens.numDeletedRows),
    attempts: Number(attempts.numDeletedRows),
  };
}
