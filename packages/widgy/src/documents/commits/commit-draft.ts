import type { RequestKey } from '../../database/changes.ts';
import { saveTree } from '../../database/trees.ts';
import { formatTree } from '../../tree/format.ts';
import { hashTree } from '../../tree/tree.ts';
import { attempt } from '../attempt.ts';
import type { Author } from '../author.ts';
import type { Draft } from '../drafts/draft.ts';
import { startFromCommit } from '../drafts/fold-draft.ts';
import { readDraft } from '../drafts/read-draft.ts';
import { readState } from '../drafts/read-state.ts';
import { documentMissing, type RefusedDocument, refuseDocument, stale, staleDraft } from '../refusal.ts';
import { checkTexts, keyReused, type Repeatable, requestKey } from '../request.ts';
import type { DocumentStore } from '../store.ts';
import { writeCommit } from './write-commit.ts';

/** When a commit is to be shown: at once, from a time on (in milliseconds since 1970), or not at all for now. */
export type PublishTime = 'now' | number | null;

/** A commit that somebody wants to make. */
export interface CommitRequest extends Repeatable {
  /** The sequence number of the draft that they looked at. */
  readonly after: number;
  /**
   * The number of the newest commit as they have seen it, null for none: then it is refused where there is another one, such as one that
   * takes the document off the site. Default: any.
   */
  readonly head?: number | null;
  /** Default: none. */
  readonly message?: string;
  /** Default: `now`. */
  readonly publishAt?: PublishTime;
}

/** A commit that was made. */
export interface Committed {
  readonly ok: true;
  readonly commit: number;
}

/**
 * Makes a commit of the draft that somebody looked at. Where it was changed since, nothing is committed that nobody looked at. The
 * tree is kept once, however many commits have it.
 *
 * Six statements where this process knows the draft, its transaction included; three more where the draft did not start from a commit.
 */
export async function commitDraft(
  store: DocumentStore,
  document: string,
  { after, head, message = '', publishAt = 'now', key }: CommitRequest,
  author: Author,
): Promise<Committed | RefusedDocument> {
  const invalid = checkTexts({ key, message });
  if (invalid !== undefined) return invalid;
  const request = requestKey(key, ['commit', after, message, publishAt, head]);
  return await store.turns.take(document, async () => {
    const draft = await draftAt(store, document, after);
    const at = publishTime(store, publishAt);
    const written =
      draft &&
      (await attempt(store, async ({ transaction, tell }) => {
        const now = store.now();
        const hash = hashTree(draft.tree);
        await saveTree(transaction, { hash, content: formatTree(draft.tree) }, now);
        const commit = await writeCommit(transaction, {
          document,
          sequence: after,
          head,
          hash,
          author: author.id,
          message,
          publishAt: at,
          request,
          now,
        });
        if (commit === undefined) return undefined;
        await tell({ kind: 'committed', document, author: author.id, commit, publishAt: at });
        return commit;
      }));
    if (written?.ok === false) return written;
    if (draft !== undefined && written?.value !== undefined) {
      await startFromCommit(store, draft, hashTree(draft.tree));
      return { ok: true, commit: written.value };
    }
    return await whyNotCommitted(store, document, { after, head, request });
  });
}

/** The time at which a commit is to be shown. */
export function publishTime({ now }: DocumentStore, publishAt: PublishTime): number | null {
  return publishAt === 'now' ? now() : publishAt;
}

/** A draft if it is at a sequence number. No statement where this process knows it. */
export async function draftAt(
  store: DocumentStore,
  document: string,
  sequence: number,
): Promise<Draft | undefined> {
  const known = store.drafts.get(document);
  const draft = known?.sequence === sequence ? known : (await readDraft(store, document))?.draft;
  return draft?.sequence === sequence ? draft : undefined;
}

/** What a commit was to be made for. */
interface Asked {
  readonly after: number;
  readonly head: number | null | undefined;
  readonly request: RequestKey | null;
}

/** Says why a commit was not made: its request was done before, the draft is another one, or there is nothing new in it. */
export async function whyNotCommitted(
  { database }: DocumentStore,
  document: string,
  { after, head, request }: Asked,
): Promise<Committed | RefusedDocument> {
  const earlier =
    request &&
    (await database.kysely
      .selectFrom('commits')
      .select(['number', 'request_hash'])
      .where('document', '=', document)
      .where('request_key', '=', request.key)
      .executeTakeFirst());
  if (earlier) {
    return earlier.request_hash === request.hash
      ? { ok: true, commit: earlier.number }
      : keyReused(request.key);
  }
  const state = await readState(database.kysely, document);
  if (state === undefined) return documentMissing(document);
  if (state.sequence !== after) return staleDraft(state.sequence);
  const newest = state.head?.number ?? null;
  if (head !== undefined && newest !== head)
    return refuseDocument(stale('a commit was made', { head: newest }));
  return refuseDocument({ code: 'nothing-changed', what: 'the newest commit has all of this already' });
}
