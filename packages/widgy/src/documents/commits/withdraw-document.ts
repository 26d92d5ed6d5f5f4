import { attempt } from '../attempt.ts';
import type { Author } from '../author.ts';
import { readState } from '../drafts/read-state.ts';
import { documentMissing, type RefusedDocument, refuseDocument } from '../refusal.ts';
import { checkTexts, type Repeatable, requestKey } from '../request.ts';
import type { DocumentStore } from '../store.ts';
import { type Committed, type PublishTime, publishTime, whyNotCommitted } from './commit-draft.ts';
import { writeCommit } from './write-commit.ts';

/** A document that somebody wants to take off the site. */
export interface WithdrawRequest extends Repeatable {
  /** The number of the newest commit, as they have seen it. */
  readonly head: number;
  /** From when on nothing of it is shown. Default: `now`. */
  readonly at?: Exclude<PublishTime, null>;
  readonly message?: string;
}

/**
 * Takes a document off the site, by a commit that says so: until a later commit is shown, visitors get nothing of it. The draft and the
 * history stay as they are. Refused where the newest commit does that already, or where there is none.
 */
export async function withdrawDocument(
  store: DocumentStore,
  document: string,
  { head, at = 'now', message = '', key }: WithdrawRequest,
  author: Author,
): Promise<Committed | RefusedDocument> {
  const invalid = checkTexts({ key, message });
  if (invalid !== undefined) return invalid;
  const request = requestKey(key, ['withdraw', head, message, at]);
  const publishAt = publishTime(store, at) ?? store.now();
  const written = await attempt(store, async ({ transaction, tell }) => {
    const commit = await writeCommit(transaction, {
      document,
      sequence: 0,
      head,
      hash: null,
      author: author.id,
      message,
      publishAt,
      request,
      now: store.now(),
    });
    if (commit === undefined) return undefined;
    await tell({ kind: 'withdrawn', document, author: author.id, commit, at: publishAt });
    return commit;
  });
  if (!written.ok) return written;
  if (written.value !== undefined) return { ok: true, commit: written.value };
  const state = await readState(store.database.kysely, document);
  if (state === undefined) return documentMissing(document);
  if (state.head === null) {
    return refuseDocument({
      code: 'nothing-committed',
      what: 'the document has no commit to take off the site',
    });
  }
  return await whyNotCommitted(store, document, { after: state.sequence, head, request });
}
