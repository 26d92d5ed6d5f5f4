import type { PlainObject } from '../../tree/problems.ts';
import type { AccountsStore } from '../store.ts';
import { endSession } from './end-session.ts';
import { readSession } from './read-session.ts';
import { type WrittenSession, writeSession } from './write-session.ts';

/** Sessions as libraries for sessions know them: data by token. */
export interface SessionRows {
  /** The data of a session; null if there is none or it is over. */
  get(token: string): Promise<PlainObject | null>;
  /** Keeps the data of a session; see `writeSession`. */
  set(token: string, data: object): Promise<WrittenSession>;
  /** Ends a session; nothing is wrong if it is over. One that `markReplaced` was told of ends by itself. */
  destroy(token: string): Promise<void>;
}

/** Sessions in the database, for a library that keeps the data of requests in them. */
export function createSessionRows(store: AccountsStore): SessionRows {
  return {
    get: async (token) => (await readSession(store, token))?.data ?? null,
    set: (token, data) => writeSession(store, token, data),
    destroy: (token) => endSession(store, token),
  };
}
