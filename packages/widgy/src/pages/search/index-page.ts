import { type Selectable, sql, type Transaction } from 'kysely';
import type { DatabaseKind } from '../../database/migrations/migration.ts';
import type { Tables } from '../../database/tables.ts';
import { parseStoredTree } from '../../documents/drafts/stored.ts';
import type { Site } from '../../widgets/site.ts';
import { MAX_KEPT_TEXT } from '../limits.ts';
import { plainText } from '../plain-text.ts';
import type { PageStore, Showing } from '../store.ts';
import { liveCommit } from '../visible.ts';
import { searchEngine } from './engine.ts';

/** What is needed to know what is to be searched. */
export interface Indexing {
  readonly kind: DatabaseKind;
  /** The site of widgets, whose kinds of fields say what text is. */
  readonly widgets: Site<never>;
  readonly showing: Showing;
}

/** What the pages of a store are indexed with. */
export function indexingOf(store: PageStore): Indexing {
  return { kind: store.documents.database.kind, widgets: store.documents.site, showing: store };
}

/**
 * Keeps what is to be searched of those commits of a document that are shown or will be, and nothing of those that never will be again.
 * Nothing is done where the document is not that of a page. One statement, and up to three for each commit that is new.
 */
export async function indexDocument(
  transaction: Transaction<Tables>,
  { kind, widgets, showing }: Indexing,
  document: string,
): Promise<void> {
  const live = sql<number>`coalesce(${liveCommit(showing, 'pages')}, 0)`;
  const commits = await transaction
    .selectFrom('pages')
    .innerJoin('commits', 'commits.document', 'pages.document')
    .innerJoin('trees', 'trees.hash', 'commits.tree')
    .select([
      'pages.id as page',
      'pages.title',
      'pages.meta_description as description',
      'commits.number as version',
      'trees.hash',
      'trees.content',
    ])
    .where('pages.document', '=', document)
    .where('commits.publish_at', 'is not', null)
    .where('commits.is_withdrawal', '=', 0)
    .where('commits.number', '>=', live)
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('page_texts')
            .select('page_texts.id')
            .whereRef('page_texts.page', '=', 'pages.id')
            .whereRef('page_texts.version', '=', 'commits.number'),
        ),
      ),
    )
    .orderBy('commits.number')
    .execute();
  const [first] = commits;
  if (first === undefined) return;
  await transaction
    .deleteFrom('page_texts')
    .where('page', '=', first.page)
    .where('version', '<', ({ selectFrom }) =>
      selectFrom('pages').select(live.as('live')).where('id', '=', first.page),
    )
    .execute();
  const engine = searchEngine(kind);
  for (const { hash, content, ...texts } of commits) {
    const text = plainText(parseStoredTree(content, hash), widgets, MAX_KEPT_TEXT);
    await engine.write(transaction, { ...texts, text });
  }
}

/** Keeps anew what is to be searched of a page: when its title or its description has changed. */
export async function reindexPage(
  transaction: Transaction<Tables>,
  store: PageStore,
  { id, document }: Pick<Selectable<Tables['pages']>, 'id' | 'document'>,
): Promise<void> {
  await transaction.deleteFrom('page_texts').where('page', '=', id).execute();
  if (document !== null) await indexDocument(transaction, indexingOf(store), document);
}
