import type { Operation } from '../../tree/operation.ts';
import { rebaseChange } from '../../tree/rebase-change.ts';
import type { Author } from '../author.ts';
import { MAX_OPERATIONS } from '../limits.ts';
import { conflictWith, operationRefused, type RefusedDocument, refuseDocument } from '../refusal.ts';
import { checkTexts, type Repeatable, requestKey } from '../request.ts';
import type { DocumentStore } from '../store.ts';
import { changesSince } from './changes-since.ts';
import { checkChange } from './check-change.ts';
import { type Changed, makeChange } from './make-change.ts';
import { formatOperations } from './stored.ts';

/** A change that somebody wants to make. */
export interface ChangeRequest extends Repeatable {
  /** The sequence number of the draft that the operations were made for. */
  readonly after: number;
  /** What is to be done, one after the other: all of it, or nothing. At most {@link MAX_OPERATIONS}. */
  readonly operations: readonly Operation[];
}

/**
 * Changes a draft. What others did since the sequence number that is named is taken into account: the operations are rebased over it, or
 * refused with what both wanted. They are checked and done in one step, and once they are accepted they are kept.
 *
 * Four statements where this process knows the draft, its transaction included; more where links change or others were faster.
 */
export async function changeDraft(
  store: DocumentStore,
  document: string,
  request: ChangeRequest,
  author: Author,
): Promise<Changed | RefusedDocument> {
  const { after, operations, key } = request;
  const invalid = checkTexts({ key });
  if (invalid !== undefined) return invalid;
  if (operations.length > MAX_OPERATIONS) {
    return refuseDocument({
      code: 'operations-too-many',
      what: `there are more than ${MAX_OPERATIONS} operations in one change`,
      limit: MAX_OPERATIONS,
    });
  }
  return await makeChange(store, document, {
    kind: 'edit',
    author: author.id,
    request: requestKey(key, [after, formatOperations(operations)]),
    async plan(draft) {
      const over = await changesSince(store, draft, after, operations.length);
      if (!over.ok) return over;
      const rebased = rebaseChange(operations, over.changes, draft.tree);
      if (rebased.outcome === 'conflict') return conflictWith(rebased, draft.sequence);
      if (rebased.outcome === 'refused') return refuseDocument(operationRefused(rebased));
      return await checkChange(draft.tree, rebased.operations, { ...store, author });
    },
  });
}
