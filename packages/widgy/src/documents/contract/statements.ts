import assert from 'node:assert/strict';
import { it } from 'node:test';
import { statementsOfWork } from '../../database/contract/fixtures.ts';
import type { Linkable } from '../../links/linkable.ts';
import type { TestDatabases } from '../../testing/test-databases.ts';
import type { Operation } from '../../tree/operation.ts';
import { cloneDocument } from '../clone-document.ts';
import { commitDraft } from '../commits/commit-draft.ts';
import { readHistory } from '../commits/history.ts';
import { readLive } from '../commits/live.ts';
import { revertDocument } from '../commits/revert-document.ts';
import { scheduleCommit } from '../commits/schedule-commit.ts';
import { compareVersions } from '../commits/versions.ts';
import { withdrawDocument } from '../commits/withdraw-document.ts';
import { createDocument } from '../create-document.ts';
import { deleteDocument } from '../delete-document.ts';
import { accepted, ann, openStore, operation } from '../documents-fixture.ts';
import { changeDraft } from '../drafts/change-draft.ts';
import { foldDraft } from '../drafts/fold-draft.ts';
import { readDraft } from '../drafts/read-draft.ts';
import { resetDraft } from '../drafts/reset-draft.ts';
import { restoreWidget } from '../drafts/restore-widget.ts';
import { undoChange } from '../drafts/undo-change.ts';
import type { RefusedDocument } from '../refusal.ts';
import type { DocumentStore } from '../store.ts';

/** Something that is done to the document `d`, and how many statements it may take at most, begin and commit not counted. */
type Step = readonly [
  name: string,
  most: number | undefined,
  act: (store: DocumentStore) => Promise<unknown>,
];

const ONE_OPERATION = 4;
/** A link that takes the place of another: one goes, one comes, and what it leads to is looked up. */
const A_LINK_EXCHANGED = 5;
const A_COMMIT = 4;
const A_PUBLIC_READ = 2;

/** Each goes on from where the one before has left the document. */
const steps: readonly Step[] = [
  ['commit', A_COMMIT, (store) => commit(store, 0)],
  ['set', ONE_OPERATION, (store) => change(store, 0, set({ text: 'One' }))],
  ['set a link', ONE_OPERATION, (store) => change(store, 1, set({ to: 'widgy:thing/1' }))],
  ['set another link', A_LINK_EXCHANGED, (store) => change(store, 2, set({ to: 'widgy:thing/2' }))],
  ['insert', ONE_OPERATION, (store) => change(store, 3, insert)],
  ['move', ONE_OPERATION, (store) => change(store, 4, move)],
  ['remove', ONE_OPERATION, (store) => change(store, 5, operation({ kind: 'remove', id: 'new' }))],
  ['a change for an older draft', ONE_OPERATION, (store) => change(store, 3, set({ stars: 5 }))],
  ['undo', undefined, (store) => done(undoChange(store, 'd', { change: 7 }, ann))],
  ['fold', undefined, async (store) => foldDraft(store, (await draftOf(store)).draft)],
  ['commit with a link', A_COMMIT, (store) => commit(store, 8)],
  ['read the draft, warm', undefined, draftOf],
  ['read the draft, cold', undefined, inCold(draftOf)],
  ['compare, cold', undefined, inCold(compare)],
  ['compare, warm', undefined, compare],
  ['read what is live, cold', A_PUBLIC_READ, inCold(live)],
  ['read what is live, warm', A_PUBLIC_READ, live],
  ['history', undefined, (store) => readHistory(store, 'd')],
  ['change, and commit for later', undefined, commitForLater],
  ['schedule', undefined, (store) => done(scheduleCommit(store, 'd', toBeSoon, ann))],
  ['restore', undefined, (store) => done(restoreWidget(store, 'd', { widget: 'n0', commit: 1 }, ann))],
  ['reset', undefined, (store) => done(resetDraft(store, 'd', { after: 10, head: 3 }, ann))],
  ['revert', undefined, (store) => done(revertDocument(store, 'd', { commit: 1, after: 11 }, ann))],
  ['withdraw', undefined, (store) => done(withdrawDocument(store, 'd', { head: 4 }, ann))],
  ['clone', undefined, (store) => done(cloneDocument(store, 'd', { id: 'e' }, ann))],
  ['delete', undefined, (store) => done(deleteDocument(store, 'd', { after: 12 }, ann))],
];

/** Tests of how many statements what is done to documents takes. */
export function testStatements({ createUrl }: TestDatabases): void {
  it('what is done takes as many statements for 1,000 widgets as for 10, and few', async () => {
    const [few, many] = [await countSteps(await createUrl(), 10), await countSteps(await createUrl(), 1_000)];
    assert.deepEqual(many, few);
    for (const [name, most = Number.POSITIVE_INFINITY] of steps) {
      const count = few.get(name);
      assert.ok(count !== undefined && count <= most, `${name}: ${count}`);
    }
  });
}

/** The statements of each step on a tree of so many widgets, by its name. */
async function countSteps(url: string, widgets: number): Promise<ReadonlyMap<string, number>> {
  const store = await openStore(url, { linkables: [things] });
  accepted(await createDocument(store, { id: 'd', start: { tree: treeOf(widgets) } }, ann));
  const counts = new Map<string, number>();
  for (const [name, , act] of steps) {
    const statements = await statementsOfWork(store.database, () => act(store));
    counts.set(name, statements.filter((sql) => !OF_TRANSACTION.test(sql)).length);
  }
  return counts;
}

const OF_TRANSACTION = /^(?:begin|start transaction|commit|rollback)\b/;

const things = {
  type: 'thing',
  label: 'Thing',
  plural: 'Things',
  /** Asks the database, as all of them do. */
  async resolve(queries, ids) {
    await queries.selectFrom('documents').select('id').where('id', 'in', ids).execute();
    return ids.map((id) => ({ id, label: id, url: undefined }));
  },
  search: async () => [],
} satisfies Linkable;

/** A page with three sections, and notes in them. */
function treeOf(widgets: number): unknown {
  const notes = Array.from({ length: widgets - 4 }, (_, at) => ({ id: `n${at}`, type: 'note' }));
  const children = ['one', 'two', 'three'].map((id, part) => {
    return { id, type: 'section', children: notes.filter((_, at) => at % 3 === part) };
  });
  return { id: 'page', type: 'page', children };
}

const insert = operation({ kind: 'insert', widget: { id: 'new', type: 'note' }, at: { parent: 'one' } });
const move = operation({ kind: 'move', id: 'n1', to: { parent: 'three', before: 'n2' } });

function set(fields: object): Operation {
  return operation({ kind: 'set', id: 'n0', fields, unset: [] });
}

const toBeSoon = { commit: 3, seen: 9_000, publishAt: 'now' } as const;

async function commitForLater(store: DocumentStore): Promise<void> {
  await change(store, 8, set({ text: 'For later' }));
  await done(commitDraft(store, 'd', { after: 9, publishAt: toBeSoon.seen }, ann));
}

async function done(work: Promise<{ readonly ok: true } | RefusedDocument>): Promise<void> {
  accepted(await work);
}

async function change(store: DocumentStore, after: number, asked: Operation): Promise<void> {
  await done(changeDraft(store, 'd', { after, operations: [asked] }, ann));
}

async function commit(store: DocumentStore, after: number): Promise<void> {
  await done(commitDraft(store, 'd', { after }, ann));
}

async function draftOf(store: DocumentStore) {
  return (await readDraft(store, 'd')) ?? assert.fail('there is no draft');
}

async function live(store: DocumentStore) {
  return (await readLive(store, 'd')) ?? assert.fail('nothing is live');
}

async function compare(store: DocumentStore): Promise<void> {
  await done(compareVersions(store, 'd', 1, 2));
}

/** The same in a process that knows no draft and no tree. */
function inCold(act: Step[2]): Step[2] {
  return (store) => {
    store.drafts.clear();
    store.trees.clear();
    return act(store);
  };
}
