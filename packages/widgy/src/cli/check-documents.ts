import { collectTrees, countUnusedTrees } from '../documents/collect-trees.ts';
import type { DocumentStore } from '../documents/store.ts';
import { type CheckRequest, checkDocument } from './check-document.ts';
import { count, type Diagnostic } from './diagnostic.ts';

/** What was found in all documents of a database. */
export interface CheckedDocuments {
  readonly documents: number;
  readonly versions: number;
  /** Trees that no draft starts from and no commit has, before they were taken away if that was asked for. */
  readonly unusedTrees: number;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Checks all documents, each in a transaction of its own: others may work meanwhile. Whether the owner of a document is there is for
 * whoever has the owners to say.
 */
export async function checkDocuments(store: DocumentStore, request: CheckRequest): Promise<CheckedDocuments> {
  const { database } = store;
  const diagnostics: Diagnostic[] = [];
  let documents = 0;
  let versions = 0;
  for await (const document of documentIds(store)) {
    const checked = await database.transaction((transaction) =>
      checkDocument(store, transaction, document, request),
    );
    if (checked === undefined) continue;
    documents += 1;
    versions += checked.versions;
    diagnostics.push(...checked.diagnostics);
  }
  const unusedTrees = request.isFixing
    ? await database.transaction(collectTrees)
    : await countUnusedTrees(database.kysely);
  if (unusedTrees > 0) diagnostics.push(unusedNote(unusedTrees, request.isFixing));
  return { documents, versions, unusedTrees, diagnostics };
}

async function* documentIds({ database }: DocumentStore): AsyncGenerator<string> {
  for (let after = ''; ; ) {
    const rows = await database.kysely
      .selectFrom('documents')
      .select('id')
      .where('id', '>', after)
      .orderBy('id')
      .limit(IDS_AT_ONCE)
      .execute();
    for (const { id } of rows) yield id;
    const last = rows.at(-1);
    if (last === undefined) return;
    after = last.id;
  }
}

const IDS_AT_ONCE = 1000;

function unusedNote(trees: number, isFixed: boolean): Diagnostic {
  return {
    ...{ code: 'trees-unused', severity: 'note' },
    message: `${count(trees, 'tree')} of no draft and no commit`,
    help: isFixed ? 'They were taken away.' : 'Run widgy check --fix, which takes them away.',
    ...(isFixed ? { isFixed } : {}),
  };
}
