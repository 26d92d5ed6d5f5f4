import { changesSince } from '../documents/changes-since.ts';
import type { Change } from '../documents/draft.ts';
import { readDraft } from '../documents/read-draft.ts';
import { readLog } from '../documents/read-log.ts';
import { documentMissing, type RefusedDocument } from '../documents/refusal.ts';
import type { DocumentStore } from '../documents/store.ts';
import { formatOperations } from '../documents/stored.ts';
import { MAX_CHANGES_PAGE } from './limits.ts';

/**
 * The next changes of a draft after a sequence number, in their order, at most {@link MAX_CHANGES_PAGE}; none where it is the last one.
 * Refused where the first of them is not kept any more, or the number has not come yet. One statement where there are some.
 */
export async function readChanges(
  store: DocumentStore,
  document: string,
  after: number,
): Promise<{ readonly ok: true; readonly changes: readonly Change[] } | RefusedDocument> {
  const range = { document, after, upTo: after + MAX_CHANGES_PAGE };
  const changes = await readLog(store.database.kysely, range);
  if (changes[0]?.sequence === after + 1) return { ok: true, changes };
  const read = await readDraft(store, document);
  if (read === undefined) return documentMissing(document);
  const found = await changesSince(store, read.draft, after);
  return found.ok ? { ok: true, changes: found.changes.slice(0, MAX_CHANGES_PAGE) } : found;
}

/** A change as the API tells it, as JSON. What would undo it is left to `undo`. */
export function changeJson({ sequence, operations, kind, undoes, author, at }: Change): string {
  const told = JSON.stringify({ sequence, kind, undoes, author, at });
  return `{"operations":${formatOperations(operations)},${told.slice(1)}`;
}
