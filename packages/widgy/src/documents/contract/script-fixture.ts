import assert from 'node:assert/strict';
import type { Database } from '../../database/database.ts';
import { counter } from '../../tree/random-fixture.ts';
import { cloneDocument } from '../clone-document.ts';
import { commitDraft } from '../commits/commit-draft.ts';
import { revertDocument } from '../commits/revert-document.ts';
import { scheduleCommit } from '../commits/schedule-commit.ts';
import { withdrawDocument } from '../commits/withdraw-document.ts';
import { createDocument } from '../create-document.ts';
import { deleteDocument } from '../delete-document.ts';
import { ann, operation, strictSite } from '../documents-fixture.ts';
import { changeDraft } from '../drafts/change-draft.ts';
import { foldDraft } from '../drafts/fold-draft.ts';
import { readDraft } from '../drafts/read-draft.ts';
import { resetDraft } from '../drafts/reset-draft.ts';
import { restoreWidget } from '../drafts/restore-widget.ts';
import { undoChange } from '../drafts/undo-change.ts';
import { giveTo } from '../owners.ts';
import { type DocumentStore, openDocuments } from '../store.ts';

/** Opens documents that are the same wherever the script is run. */
export function scriptStore(database: Database): DocumentStore {
  const things = { type: 'thing', label: 'Thing', plural: 'Things', search: async () => [] };
  return openDocuments({
    database,
    site: strictSite,
    linkables: [
      { ...things, resolve: async (_, ids) => ids.map((id) => ({ id, label: id, url: undefined })) },
    ],
    now: () => 1000,
    newId: counter('id'),
    onProblem: (problem) => assert.fail(String(problem)),
  });
}

const page = {
  id: 'page',
  type: 'page',
  children: [
    {
      id: 'one',
      type: 'section',
      children: [
        { id: 'a', type: 'note', fields: { to: 'widgy:thing/1' } },
        { id: 'b', type: 'note' },
      ],
    },
  ],
};

const set = (id: string, fields: object) => operation({ kind: 'set', id, fields, unset: [] });

/** All that can be done to documents, one after the other, by name. Each is acknowledged before the next begins. */
export const script: readonly (readonly [
  name: string,
  action: (store: DocumentStore) => Promise<{ readonly ok: boolean }>,
])[] = [
  ['create', (store) => createDocument(store, { id: 'd', start: { tree: page } }, ann)],
  ['commit', (store) => commitDraft(store, 'd', { after: 0, key: 'first' }, ann)],
  [
    'change',
    (store) =>
      changeDraft(
        store,
        'd',
        {
          after: 0,
          key: 'k',
          operations: [
            set('a', { to: 'widgy:thing/2' }),
            operation({ kind: 'insert', widget: { id: 'c', type: 'note' }, at: { parent: 'one' } }),
          ],
        },
        ann,
      ),
  ],
  [
    'change again',
    (store) => changeDraft(store, 'd', { after: 0, operations: [set('b', { stars: 1 })] }, ann),
  ],
  ['undo', (store) => undoChange(store, 'd', { change: 2 }, ann)],
  [
    'fold',
    async (store) => {
      const read = await readDraft(store, 'd');
      assert.ok(read);
      await foldDraft(store, read.draft);
      return { ok: true };
    },
  ],
  ['commit for later', (store) => commitDraft(store, 'd', { after: 3, publishAt: 9000 }, ann)],
  ['schedule', (store) => scheduleCommit(store, 'd', { commit: 2, seen: 9000, publishAt: 'now' }, ann)],
  ['restore', (store) => restoreWidget(store, 'd', { widget: 'a', commit: 1 }, ann)],
  ['reset', (store) => resetDraft(store, 'd', { after: 4, head: 2 }, ann)],
  ['revert', (store) => revertDocument(store, 'd', { commit: 1, after: 5 }, ann)],
  ['withdraw', (store) => withdrawDocument(store, 'd', { head: 3 }, ann)],
  [
    'give',
    (store) => giveTo(store, 'd', { owner: { type: 'page', id: '7', field: 'body' }, seen: null }, ann),
  ],
  ['clone', (store) => cloneDocument(store, 'd', { id: 'e', withHistory: true }, ann)],
  ['delete', (store) => deleteDocument(store, 'd', { after: 6 }, ann)],
];

/** Everything in a database, to be compared. */
export async function snapshot({ kysely }: Database): Promise<string> {
  return JSON.stringify({
    trees: await kysely.selectFrom('trees').selectAll().orderBy('hash').execute(),
    documents: await kysely.selectFrom('documents').selectAll().orderBy('id').execute(),
    commits: await kysely.selectFrom('commits').selectAll().orderBy('document').orderBy('number').execute(),
    operations: await kysely
      .selectFrom('operations')
      .selectAll()
      .orderBy('document')
      .orderBy('sequence')
      .execute(),
    links: await kysely
      .selectFrom('links')
      .selectAll()
      .orderBy('document')
      .orderBy('version')
      .orderBy('widget')
      .orderBy('target_id')
      .execute(),
  });
}

/** Does the whole script, and gives the snapshot before it and after each action. */
export async function doScript(database: Database): Promise<readonly string[]> {
  const store = scriptStore(database);
  const snapshots = [await snapshot(database)];
  for (const [name, action] of script) {
    const answer = await action(store);
    assert.ok(answer.ok, `${name}: ${JSON.stringify(answer)}`);
    snapshots.push(await snapshot(database));
  }
  return snapshots;
}

/** Takes everything out of a database. */
export async function empty({ kysely }: Database): Promise<void> {
  await kysely.deleteFrom('documents').execute();
  await kysely.deleteFrom('trees').execute();
}
