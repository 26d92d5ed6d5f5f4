import type { Transaction } from 'kysely';
import type { Tables } from '../database/tables.ts';
import type { Callout } from './callout.ts';
import type { ChangedCallout } from './create-callout.ts';
import { nameKey, readName } from './name.ts';
import { findByName, findCallout } from './read-callouts.ts';
import {
  calloutDeleted,
  calloutMissing,
  calloutNotDeleted,
  calloutStale,
  nameTaken,
  type RefusedCallout,
} from './refusal.ts';
import type { CalloutAuthor, CalloutStore } from './store.ts';

/** What somebody has looked at. */
export interface SeenCallout {
  /** Its revision then. Where it has another one now, nothing is done. */
  readonly seen: number;
}

/** Gives a call-out another name. At most three statements in a transaction. */
export async function renameCallout(
  store: CalloutStore,
  id: string,
  { name: given, seen }: SeenCallout & { readonly name: string },
  author: CalloutAuthor,
): Promise<ChangedCallout | RefusedCallout> {
  const name = readName(given);
  if (!name.ok) return name;
  return await change(store, id, seen, async (transaction, before) => {
    if (before.deletedAt !== null) return calloutDeleted(before);
    const other = await findByName(transaction, store.site, name.key);
    if (other !== undefined && other.id !== id) return nameTaken(other);
    const changed = touched(store, before, author);
    return await write(transaction, { ...changed, name: name.name });
  });
}

/**
 * Puts a call-out into the bin. Pages that use it show nothing in its place, until it is taken out again: `listCallouts` says how many they
 * are. At most two statements in a transaction.
 */
export async function deleteCallout(
  store: CalloutStore,
  id: string,
  { seen }: SeenCallout,
  author: CalloutAuthor,
): Promise<ChangedCallout | RefusedCallout> {
  return await change(store, id, seen, async (transaction, before) => {
    if (before.deletedAt !== null) return calloutDeleted(before);
    return await write(transaction, { ...touched(store, before, author), deletedAt: store.now() });
  });
}

/** Takes a call-out out of the bin, with its name, which another one may have by now. At most three statements in a transaction. */
export async function undeleteCallout(
  store: CalloutStore,
  id: string,
  { seen }: SeenCallout,
  author: CalloutAuthor,
): Promise<ChangedCallout | RefusedCallout> {
  return await change(store, id, seen, async (transaction, before) => {
    if (before.deletedAt === null) return calloutNotDeleted(before);
    const other = await findByName(transaction, store.site, nameKey(before.name));
    if (other !== undefined) return nameTaken(other);
    return await write(transaction, { ...touched(store, before, author), deletedAt: null });
  });
}

/** Reads a call-out in a transaction, and lets a step change it if it is the one that was looked at. */
async function change(
  { documents, site }: CalloutStore,
  id: string,
  seen: number,
  step: (transaction: Transaction<Tables>, before: Callout) => Promise<ChangedCallout | RefusedCallout>,
): Promise<ChangedCallout | RefusedCallout> {
  const { database } = documents;
  database.refuseInside();
  return await database.transaction(async (transaction) => {
    const before = await findCallout(transaction, site, id);
    if (before === undefined) return calloutMissing(id);
    return before.revision === seen ? await step(transaction, before) : calloutStale(before);
  });
}

function touched({ now }: CalloutStore, before: Callout, { id: author }: CalloutAuthor): Callout {
  return { ...before, revision: before.revision + 1, updatedAt: now(), author };
}

async function write(transaction: Transaction<Tables>, callout: Callout): Promise<ChangedCallout> {
  const { id, name, deletedAt: deleted_at, revision, updatedAt: updated_at, author } = callout;
  await transaction
    .updateTable('callouts')
    .set({ name, name_key: nameKey(name), deleted_at, revision, updated_at, author })
    .where('id', '=', id)
    .execute();
  return { ok: true, callout };
}
