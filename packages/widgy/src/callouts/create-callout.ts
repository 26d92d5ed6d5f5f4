import { attempt } from '../documents/attempt.ts';
import type { Author } from '../documents/author.ts';
import { type DocumentStart, planDocument } from '../documents/create-document.ts';
import { formatTree } from '../tree/format.ts';
import { treeWith } from '../tree/rules/tree-with.ts';
import { ID_RULE, isId, type Widget } from '../tree/widget.ts';
import { type Callout, calloutOwner } from './callout.ts';
import { readName } from './name.ts';
import { findByName, findCallout } from './read-callouts.ts';
import { calloutExists, documentRefused, nameTaken, type RefusedCallout } from './refusal.ts';
import type { CalloutStore } from './store.ts';

/** A call-out that somebody wants to make. */
export interface NewCallout {
  /** Its id, as `isId` has it; a new one if not given. A client that gives one can ask again, and gets no second call-out. */
  readonly id?: string;
  readonly name: string;
  /**
   * What it shows from the beginning, in its order: copies with all below them, under ids of their own, in the first slot of the root that
   * takes all of them. Default: what a new root has.
   */
  readonly content?: readonly Widget[];
}

/** A call-out as it is now. */
export interface ChangedCallout {
  readonly ok: true;
  readonly callout: Callout;
}

/**
 * Makes a call-out with a document that has a draft and no commit: so it shows nothing yet. What its author must be permitted is to add
 * what such a document begins with. Content that is against the rules of a call-out is refused.
 */
export async function createCallout(
  store: CalloutStore,
  { id = store.documents.newId(), name: given, content }: NewCallout,
  author: Author,
): Promise<ChangedCallout | RefusedCallout> {
  const { documents, site, now } = store;
  documents.database.refuseInside();
  const name = readName(given);
  if (!name.ok) return name;
  if (!isId(id)) return documentRefused({ code: 'text-invalid', what: `The id of a call-out ${ID_RULE}.` });
  const planned = await planDocument(
    documents,
    { owner: calloutOwner(id), start: startWith(store, content) },
    author,
  );
  if (!planned.ok) return documentRefused(planned.refusal);
  const done = await attempt(documents, async (step): Promise<ChangedCallout | RefusedCallout> => {
    const { transaction } = step;
    const created = now();
    // The row comes first: whether it may be there is known before anything else is written.
    const inserted = await transaction
      .insertInto('callouts')
      .values({
        ...{ id, site, name: name.name, name_key: name.key, document: planned.document },
        ...{ deleted_at: null, revision: 1, created_at: created, updated_at: created, author: author.id },
      })
      .onConflict((conflict) => conflict.doNothing())
      .executeTakeFirst();
    if (inserted.numInsertedOrUpdatedRows === 0n) {
      const other = await findByName(transaction, site, name.key);
      const same = await findCallout(transaction, site, id);
      return other === undefined || other.id === same?.id ? calloutExists(id) : nameTaken(other);
    }
    await planned.write(step);
    const callout: Callout = {
      ...{ id, name: name.name, document: planned.document, deletedAt: null, revision: 1 },
      ...{ createdAt: created, updatedAt: created, author: author.id },
    };
    return { ok: true, callout };
  });
  if (!done.ok) return documentRefused(done.refusal);
  if (done.value.ok) planned.made();
  return done.value;
}

function startWith(
  { documents, rootType }: CalloutStore,
  content: readonly Widget[] | undefined,
): DocumentStart {
  const { site, newId } = documents;
  const tree = content && treeWith(site.catalogue, rootType, content, newId);
  return tree === undefined ? { type: rootType } : { tree: JSON.parse(formatTree(tree)) };
}
