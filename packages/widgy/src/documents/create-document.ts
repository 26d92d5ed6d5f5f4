import type { Transaction } from 'kysely';
import { type Owner, ownerColumns } from '../database/owner.ts';
import type { Tables } from '../database/tables.ts';
import { saveTree } from '../database/trees.ts';
import { linksIn } from '../links/links-in.ts';
import { missingTargets } from '../links/resolve.ts';
import { writeDraftLinks } from '../links/stored-links.ts';
import { formatTree } from '../tree/format.ts';
import { parseTree } from '../tree/parse.ts';
import { checkTree } from '../tree/rules/check-tree.ts';
import { newWidget } from '../tree/rules/new-widget.ts';
import { createTree, hashTree, type Tree } from '../tree/tree.ts';
import { typesOf } from '../widgets/needed-permissions.ts';
import type { Site } from '../widgets/site.ts';
import { type Attempt, attempt } from './attempt.ts';
import type { Author } from './author.ts';
import { checkSubtree, fieldsInvalid } from './drafts/check-fields.ts';
import { type Draft, NOTHING_UNFOLDED } from './drafts/draft.ts';
import { askFor } from './drafts/permissions.ts';
import { linksMissing, type RefusedDocument, treeInvalid } from './refusal.ts';
import { checkTexts } from './request.ts';
import type { DocumentStore } from './store.ts';

/** A document that somebody wants to make. */
export interface NewDocument {
  /** Its id, as `isId` has it; a new one if not given. A client that gives one can ask again, and gets no second document. */
  readonly id?: string;
  readonly owner?: Owner | null;
  readonly start: DocumentStart;
}

/** What a document starts from: a widget of a type, made with its defaults; or a whole tree, as `parseTree` reads it. */
export type DocumentStart = { readonly type: string } | { readonly tree: unknown };

/** A document that was made. */
export interface Created {
  readonly ok: true;
  readonly document: string;
  readonly draft: Draft;
}

/** Makes a document with a draft and no commit. Three statements in a transaction, more where the tree has links. */
export async function createDocument(
  store: DocumentStore,
  request: NewDocument,
  author: Author,
): Promise<Created | RefusedDocument> {
  const planned = await planDocument(store, request, author);
  if (!planned.ok) return planned;
  const done = await attempt(store, planned.write);
  return done.ok ? planned.made() : done;
}

/**
 * A document that may be made in a transaction which does more than that, such as the one that makes its owner. Everything has been
 * checked that needs no transaction.
 */
export interface PlannedDocument {
  readonly ok: true;
  readonly document: string;
  readonly tree: Tree;
  /** Writes the document, or abandons the attempt. */
  readonly write: (step: Attempt) => Promise<void>;
  /** What was made: to be called when the transaction is done, so that this process knows the draft. */
  readonly made: () => Created;
}

/** Checks whether a document may be made; nothing is written. */
export async function planDocument(
  store: DocumentStore,
  { id: document = store.newId(), owner = null, start }: NewDocument,
  author: Author,
): Promise<PlannedDocument | RefusedDocument> {
  const invalid = checkTexts({ id: document, owner });
  if (invalid !== undefined) return invalid;
  const made = 'type' in start ? newStart(store, start.type) : checkStart(store, start.tree);
  if (!made.ok) return made;
  const { tree } = made;
  const forbidden = await askFor(typesOf('add', tree.root, true), author);
  if (forbidden !== undefined) return forbidden;
  return {
    ok: true,
    document,
    tree,
    async write(step) {
      await insertDocument(store, step, { document, owner, tree });
      const links = linksIn(tree.root, store.site);
      const missing = await missingTargets(step.transaction, store.linkables, links);
      if (missing.length > 0) step.abandon(linksMissing(missing));
      await writeDraftLinks(step.transaction, document, { added: links, removed: [] });
      await step.tell({ kind: 'created', document, author: author.id });
    },
    made: () => created(store, document, tree),
  };
}

/** A document whose draft is a tree that nobody has changed, as this process knows it from now on. */
export function created(store: DocumentStore, document: string, tree: Tree): Created {
  const draft: Draft = {
    document,
    sequence: 0,
    tree,
    recent: [],
    looseBase: hashTree(tree),
    unfolded: NOTHING_UNFOLDED,
  };
  store.drafts.set(document, draft);
  return { ok: true, document, draft };
}

/** A new tree, or why there is none. */
type Start = { readonly ok: true; readonly tree: Tree } | RefusedDocument;

function newStart({ site, newId }: DocumentStore, type: string): Start {
  const root = newWidget(site.catalogue, type, newId);
  if (root === undefined) return treeInvalid(`there is no type "${type}"`);
  return withinRules(createTree(root), site);
}

/** A tree that comes from elsewhere must be within the rules, and have fields that fit. */
function checkStart({ site, limits }: DocumentStore, given: unknown): Start {
  const parsed = parseTree(given, limits);
  if (!parsed.ok) {
    const { problems } = parsed;
    return treeInvalid(`this is no tree: ${problems[0]?.message ?? 'it cannot be read'}`, { problems });
  }
  const checked = checkSubtree(parsed.value.root, site);
  return checked.ok ? withinRules(createTree(checked.widget), site) : fieldsInvalid(0, checked);
}

function withinRules(tree: Tree, { catalogue }: Site<never>): Start {
  const violations = checkTree(tree, catalogue);
  const [first] = violations;
  return first === undefined ? { ok: true, tree } : treeInvalid(first.what, { violations });
}

/** What a document is made of. */
interface InsertedDocument {
  readonly document: string;
  readonly owner: Owner | null;
  readonly tree: Tree;
  /** Default: now. */
  readonly createdAt?: number;
}

/** Writes a document that starts from a tree. Two statements; a third to say why not. */
export async function insertDocument(
  store: DocumentStore,
  { transaction, abandon }: Attempt,
  { document, owner, tree, createdAt = store.now() }: InsertedDocument,
): Promise<void> {
  const hash = hashTree(tree);
  await saveTree(transaction, { hash, content: formatTree(tree) }, store.now());
  const inserted = await transaction
    .insertInto('documents')
    .values({
      id: document,
      ...ownerColumns(owner),
      head: null,
      draft_base: hash,
      draft_base_sequence: 0,
      draft_sequence: 0,
      draft_hash: hash,
      created_at: createdAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst();
  if (inserted.numInsertedOrUpdatedRows === 1n) return;
  const isThere = await isDocument(transaction, document);
  abandon(
    isThere
      ? { code: 'document-exists', what: `there is a document "${document}" already`, document }
      : { code: 'owner-taken', what: 'the owner has another document in that field' },
  );
}

async function isDocument(transaction: Transaction<Tables>, document: string): Promise<boolean> {
  const row = await transaction
    .selectFrom('documents')
    .select('id')
    .where('id', '=', document)
    .executeTakeFirst();
  return row !== undefined;
}
