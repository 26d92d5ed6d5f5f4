import { sql } from 'kysely';
import type { Owner } from '../database/owner.ts';
import { DRAFT } from '../links/stored-links.ts';
import { hashTree } from '../tree/tree.ts';
import { typesOf } from '../widgets/needed-permissions.ts';
import { type Attempt, attempt } from './attempt.ts';
import type { Author } from './author.ts';
import { type Created, created, insertDocument, type PlannedDocument } from './create-document.ts';
import { askFor } from './drafts/permissions.ts';
import { readDraft } from './drafts/read-draft.ts';
import { documentMissing, type RefusedDocument, staleDraft } from './refusal.ts';
import { checkTexts } from './request.ts';
import type { DocumentStore } from './store.ts';

/** A document that is to be made like another one. */
export interface CloneRequest {
  /** The id of the new one; made up if not given. */
  readonly id?: string;
  readonly owner?: Owner | null;
  /**
   * Whether it gets the commits too, with their authors and times: then visitors see of it what they see of the other one. If not, it
   * has a draft and no commit.
   */
  readonly withHistory?: boolean;
}

/**
 * Makes a document with the draft of another one. Both share their trees, and each goes on for itself. Its widgets have the ids of the
 * widgets they were copied from.
 */
export async function cloneDocument(
  store: DocumentStore,
  source: string,
  request: CloneRequest,
  author: Author,
): Promise<Created | RefusedDocument> {
  const planned = await planClone(store, source, request, author);
  if (!planned.ok) return planned;
  const done = await attempt(store, planned.write);
  return done.ok ? planned.made() : done;
}

/** Checks whether a document may be cloned; nothing is written. See {@link PlannedDocument}. */
export async function planClone(
  store: DocumentStore,
  source: string,
  { id = store.newId(), owner = null, withHistory = false }: CloneRequest,
  author: Author,
): Promise<PlannedDocument | RefusedDocument> {
  const invalid = checkTexts({ id, owner });
  if (invalid !== undefined) return invalid;
  const read = await readDraft(store, source);
  if (read === undefined) return documentMissing(source);
  const { sequence, tree } = read.draft;
  const forbidden = await askFor(typesOf('add', tree.root, true), author);
  if (forbidden !== undefined) return forbidden;
  const write = async (step: Attempt): Promise<void> => {
    const { transaction, abandon, tell } = step;
    const now = await transaction
      .selectFrom('documents')
      .select(['draft_sequence', 'draft_hash', 'head'])
      .where('id', '=', source)
      .executeTakeFirst();
    if (now === undefined) return abandon(documentMissing(source).refusal);
    if (now.draft_sequence !== sequence || now.draft_hash !== hashTree(tree))
      return abandon(staleDraft(now.draft_sequence).refusal);
    await insertDocument(store, step, { document: id, owner, tree });
    const document = sql<string>`cast(${id} as text)`.as('document');
    if (withHistory) {
      await transaction
        .insertInto('commits')
        .columns(['document', ...OF_COMMITS])
        .expression((select) =>
          select
            .selectFrom('commits')
            .select([document, ...OF_COMMITS])
            .where('document', '=', source)
            .orderBy('number'),
        )
        .execute();
      await transaction.updateTable('documents').set({ head: now.head }).where('id', '=', id).execute();
    }
    await transaction
      .insertInto('links')
      .columns(['document', ...OF_LINKS])
      .expression((select) =>
        select
          .selectFrom('links')
          .select([document, ...OF_LINKS])
          .where('document', '=', source)
          .$if(!withHistory, (query) => query.where('version', '=', DRAFT)),
      )
      .execute();
    await tell({ kind: 'created', document: id, author: author.id });
  };
  return { ok: true, document: id, tree, write, made: () => created(store, id, tree) };
}

/** What a commit keeps when it becomes one of another document: all but the key of its request. */
const OF_COMMITS = [
  'number',
  'parent',
  'tree',
  'author',
  'message',
  'publish_at',
  'approved_by',
  'approved_at',
  'is_withdrawal',
  'created_at',
] as const;

const OF_LINKS = ['version', 'widget', 'field', 'target_type', 'target_id'] as const;
