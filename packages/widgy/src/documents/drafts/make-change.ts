import type { RequestKey } from '../../database/changes.ts';
import type { Operation } from '../../tree/operation.ts';
import { attempt } from '../attempt.ts';
import { documentMissing, type RefusedDocument } from '../refusal.ts';
import { keyReused } from '../request.ts';
import type { DocumentStore } from '../store.ts';
import type { CheckedChange } from './check-change.ts';
import type { ChangeKind, Draft } from './draft.ts';
import { foldIfDue } from './fold-draft.ts';
import { readDraft } from './read-draft.ts';
import { readRepeated } from './read-log.ts';
import { writeChange } from './write-change.ts';

/** A change that was made, and the draft since. */
export interface Changed {
  readonly ok: true;
  /** The number of the change; that of the draft where nothing was left to do. */
  readonly sequence: number;
  /** What was done, which may be otherwise than it was asked for. Empty where nothing was left to do. */
  readonly operations: readonly Operation[];
  /** The draft after the change. Absent where an earlier request of the same key made it: then it may have gone on. */
  readonly draft?: Draft;
}

/** A change that is to be made, whatever it comes from. */
export interface PlannedChange {
  readonly kind: ChangeKind;
  readonly undoes?: number;
  readonly author: string | null;
  readonly request: RequestKey | null;
  /** What is to be done to a draft; asked again where others were faster. */
  readonly plan: (draft: Draft) => Promise<CheckedChange | RefusedDocument>;
}

/**
 * Makes a change: plans it for the draft as this process knows it, and writes it if that is still the draft; if not, reads the draft
 * and plans it again. That there is nothing to do, or that it cannot be done, is said only of the draft as it is now.
 */
export async function makeChange(
  store: DocumentStore,
  document: string,
  change: PlannedChange,
): Promise<Changed | RefusedDocument> {
  return await store.turns.take(document, async () => {
    let draft = store.drafts.get(document);
    for (let isRead = false; ; isRead = true) {
      if (draft !== undefined) {
        const answer = await tryChange(store, draft, change, isRead);
        if (answer !== undefined) return answer;
      }
      draft = (await readDraft(store, document))?.draft;
      if (draft === undefined) return documentMissing(document);
    }
  });
}

/** Makes a change to a draft; undefined where it must be read before anything can be said. */
async function tryChange(
  store: DocumentStore,
  draft: Draft,
  change: PlannedChange,
  isRead: boolean,
): Promise<Changed | RefusedDocument | undefined> {
  const { document, sequence } = draft;
  const planned = await change.plan(draft);
  if (!planned.ok || planned.operations.length === 0) {
    if (!isRead) return undefined;
    const earlier = await repeated(store, document, change.request);
    return earlier ?? (planned.ok ? { ok: true, sequence, operations: [], draft } : planned);
  }
  const written = await attempt(store, (step) => writeChange(store, step, draft, planned, change));
  if (!written.ok) return written;
  switch (written.value.outcome) {
    case 'accepted': {
      const { draft: next } = written.value;
      store.drafts.set(document, next);
      await foldIfDue(store, next);
      return { ok: true, sequence: next.sequence, operations: planned.operations, draft: next };
    }
    case 'repeated':
      return await repeated(store, document, change.request);
    case 'missing':
    case 'stale':
      return undefined;
  }
}

/** The answer to a request whose key was used before; undefined where it was not. At most one statement. */
async function repeated(
  { database }: DocumentStore,
  document: string,
  request: RequestKey | null,
): Promise<Changed | RefusedDocument | undefined> {
  const earlier = request && (await readRepeated(database.kysely, document, request.key));
  if (!earlier) return undefined;
  if (earlier.hash !== request.hash) return keyReused(request.key);
  const { sequence, operations } = earlier.change;
  return { ok: true, sequence, operations };
}
