import { MAX_READ_SIZE, MAX_REBASED_PAIRS } from '../limits.ts';
import { type RefusedDocument, refuseDocument, stale } from '../refusal.ts';
import type { DocumentStore } from '../store.ts';
import type { Draft, RecentChange } from './draft.ts';
import { logSize, readLog } from './read-log.ts';
import { replayBackwards } from './replay.ts';

/** Changes of a draft with the trees before them, oldest first. */
export interface FoundChanges {
  readonly ok: true;
  readonly changes: readonly RecentChange[];
}

/**
 * The changes that led from a sequence number to a draft. At most two statements, none where they are few and known.
 *
 * @param count how many operations are to be rebased over them
 */
export async function changesSince(
  { database }: DocumentStore,
  { document, sequence, tree, recent }: Draft,
  after: number,
  count: number,
): Promise<FoundChanges | RefusedDocument> {
  if (after > sequence) {
    const what = `the draft has had ${sequence} changes, and not yet ${after}`;
    return refuseDocument({ code: 'sequence-unknown', what, sequence });
  }
  const known = recent.filter((change) => change.sequence > after);
  const missing = sequence - after - known.length;
  if (missing === 0) return withinPairs(known, count, sequence);
  const [first] = known;
  const upTo = sequence - known.length;
  const range = { document, after, upTo };
  if ((await logSize(database.kysely, range)) > MAX_READ_SIZE) return tooFarBehind(sequence);
  const older = await readLog(database.kysely, range);
  if (older.length === missing) {
    const changes = [...replayBackwards(first?.before ?? tree, older), ...known];
    return withinPairs(changes, count, sequence);
  }
  const oldest = (older[0]?.sequence ?? upTo + 1) - 1;
  return refuseDocument({
    code: 'log-gone',
    what: `the changes since ${after} are not kept any more; the oldest that can be gone on from is ${oldest}`,
    sequence,
    oldest,
  });
}

/** Refuses what would take so long to rebase that everybody else waits. */
export function withinPairs(
  changes: readonly RecentChange[],
  count: number,
  sequence: number,
): FoundChanges | RefusedDocument {
  const over = changes.reduce((sum, { operations }) => sum + operations.length, 0);
  return over * count > MAX_REBASED_PAIRS ? tooFarBehind(sequence) : { ok: true, changes };
}

function tooFarBehind(sequence: number): RefusedDocument {
  return refuseDocument(stale('more was changed than this can be fitted to', { sequence }));
}
