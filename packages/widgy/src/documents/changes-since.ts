import type { Draft, RecentChange } from './draft.ts';
import { readLog } from './read-log.ts';
import { type RefusedDocument, refuseDocument } from './refusal.ts';
import { replayBackwards } from './replay.ts';
import type { DocumentStore } from './store.ts';

/** Changes of a draft with the trees before them, oldest first. */
export interface FoundChanges {
  readonly ok: true;
  readonly changes: readonly RecentChange[];
}

/**
 * The changes that led from a sequence number to a draft. At most one statement, none where they are few and known.
 */
export async function changesSince(
  { database }: DocumentStore,
  { document, sequence, tree, recent }: Draft,
  after: number,
): Promise<FoundChanges | RefusedDocument> {
  if (after > sequence) {
    const what = `the draft has had ${sequence} changes, and not yet ${after}`;
    return refuseDocument({ code: 'sequence-unknown', what, sequence });
  }
  const known = recent.filter((change) => change.sequence > after);
  const missing = sequence - after - known.length;
  if (missing === 0) return { ok: true, changes: known };
  const [first] = known;
  const upTo = sequence - known.length;
  const older = await readLog(database.kysely, { document, after, upTo });
  if (older.length === missing) {
    return { ok: true, changes: [...replayBackwards(first?.before ?? tree, older), ...known] };
  }
  const oldest = (older[0]?.sequence ?? upTo + 1) - 1;
  return refuseDocument({
    code: 'log-gone',
    what: `the changes since ${after} are not kept any more; the oldest that can be gone on from is ${oldest}`,
    sequence,
    oldest,
  });
}
