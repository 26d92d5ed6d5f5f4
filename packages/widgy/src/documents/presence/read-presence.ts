import { MAX_PRESENT, PRESENCE_MS } from '../limits.ts';
import type { DocumentStore } from '../store.ts';

/** A tab, or whatever else somebody works with, that is at a document. */
export interface PresentClient {
  /** The id that it made for itself. */
  readonly client: string;
  /** Whose it is; null where nobody is known. */
  readonly author: string | null;
  /** The widget that it is at; null for none. It need not be one of the draft that is kept. */
  readonly widget: string | null;
}

/**
 * Who is at documents: those who said so in the last {@link PRESENCE_MS}, at most {@link MAX_PRESENT} of each document, in the order of
 * their ids. Documents that nobody is at are left out. One statement, or none for no documents.
 */
export async function readPresence(
  { database, now }: DocumentStore,
  documents: readonly string[],
): Promise<ReadonlyMap<string, readonly PresentClient[]>> {
  if (documents.length === 0) return new Map();
  const { after, before } = timesOfPresence(now());
  const rows = await database.kysely
    .selectFrom('presence')
    .select(['document', 'client', 'author', 'widget'])
    .where('document', 'in', documents)
    .where('seen_at', '>', after)
    .where('seen_at', '<', before)
    .orderBy('document')
    .orderBy('client')
    .execute();
  const found = new Map<string, PresentClient[]>();
  for (const { document, ...client } of rows) {
    const clients = found.get(document) ?? [];
    if (clients.length < MAX_PRESENT) clients.push(client);
    found.set(document, clients);
  }
  return found;
}

/**
 * Between which times, both of them excluded, somebody must have been seen to be here. What is said to have been much later than now was
 * written by a clock that was wrong: else its row would stay until that time.
 */
export function timesOfPresence(now: number): { readonly after: number; readonly before: number } {
  return { after: now - PRESENCE_MS, before: now + PRESENCE_MS };
}
