import assert from 'node:assert/strict';
import { randomUUID } from 'node:crypto';
import type { Insertable } from 'kysely';
import { type ErrorCode, hasCode, type WidgyError } from '../../errors.ts';
import type { NewChange } from '../changes.ts';
import type { Database, Queries } from '../database.ts';
import type { CommitsTable, DocumentsTable, MediaTable } from '../tables.ts';
import { saveTree } from '../trees.ts';

/** A tree that all documents of the tests start from. */
export const emptyTree = { hash: 'empty', content: '{}' };

/** Inserts a document with an empty draft; returns its id. */
export async function insertDocument(
  queries: Queries,
  own: Partial<Insertable<DocumentsTable>> = {},
): Promise<string> {
  const id = randomUUID();
  await saveTree(queries, emptyTree, 1);
  await queries
    .insertInto('documents')
    .values({
      id,
      draft_base: emptyTree.hash,
      draft_base_sequence: 0,
      draft_sequence: 0,
      draft_hash: emptyTree.hash,
      created_at: 1,
      ...own,
    })
    .execute();
  return own.id ?? id;
}

/** A commit of the empty tree, ready at once. */
export function commit(
  document: string,
  number: number,
  own: Partial<Insertable<CommitsTable>> = {},
): Insertable<CommitsTable> {
  return {
    document,
    number,
    parent: number > 1 ? number - 1 : null,
    tree: emptyTree.hash,
    author: null,
    message: '',
    publish_at: 0,
    is_withdrawal: 0,
    request_key: null,
    request_hash: null,
    created_at: 1,
    ...own,
  };
}

/** A change for the tests: they do not look into it. */
export function changeAfter(document: string, after: number, author = 'me', key?: string): NewChange {
  return {
    document,
    after,
    operations: `[{"${after}":1}]`,
    inverses: '[]',
    from: after === 0 ? emptyTree.hash : `hash ${after}`,
    hash: `hash ${after + 1}`,
    kind: 'edit',
    undoes: null,
    author,
    request: key === undefined ? null : { key, hash: 'request' },
    now: 1,
  };
}

/** For `assert.rejects` and `assert.throws`: the error of the catalogue with this code. */
export function withCode(code: ErrorCode): (error: unknown) => error is WidgyError {
  return (error): error is WidgyError => {
    assert.ok(hasCode(error, code), `expected ${code}, got ${String(error)}`);
    return true;
  };
}

/** The statements that a piece of work does, in order. */
export async function statementsOfWork(
  database: Database,
  work: () => Promise<unknown>,
): Promise<readonly string[]> {
  const statements: string[] = [];
  const end = database.onStatement(({ sql }) => statements.push(sql));
  await work();
  end();
  return statements;
}

/** A row of media: a picture, save for its size. */
export function mediaRow(own: Partial<Insertable<MediaTable>>) {
  return {
    ...{ id: 'm', site: 'default', name: 'Boat.png', alt: 'A boat', search: 'boat.png a boat' },
    ...{ kind: 'image', type: 'image/png', hash: 'f'.repeat(64), file: 'original.png' },
    ...{ width: null, height: null, bytes: 10, renditions: '[{}]', focal_x: null, focal_y: null },
    ...{ deleted_at: null, revision: 1, created_at: 1, author: null, changed_at: 1, changed_by: null },
    ...own,
  } satisfies Insertable<MediaTable>;
}
