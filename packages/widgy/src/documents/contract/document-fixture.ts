import assert from 'node:assert/strict';
import type { TestDatabases } from '../../testing/test-databases.ts';
import { formatTree } from '../../tree/format.ts';
import { findWidget } from '../../tree/tree.ts';
import { type CommitRequest, commitDraft } from '../commits/commit-draft.ts';
import { readHistory } from '../commits/history.ts';
import { readLive } from '../commits/live.ts';
import { accepted, ann, createFrom, openStore, operation } from '../documents-fixture.ts';
import { changeDraft } from '../drafts/change-draft.ts';
import { readDraft } from '../drafts/read-draft.ts';

/** A note with an id, as JSON. */
export const note = (id: string, fields = {}) => ({ id, type: 'note', fields });

/** A page with two sections, the first with three notes. */
export const page = {
  id: 'page',
  type: 'page',
  children: [
    { id: 'one', type: 'section', fields: { title: 'One' }, children: [note('a'), note('b'), note('c')] },
    { id: 'two', type: 'section', fields: { title: 'Two' } },
  ],
};

/** A document with a page, and what is done to it, at a time that tests set. */
export async function openDocument({ createUrl }: Pick<TestDatabases, 'createUrl'>) {
  const clock = { now: 1000 };
  const store = await openStore(await createUrl(), { now: () => clock.now });
  const document = await createFrom(store, page);
  const sequence = async () => (await readDraft(store, document))?.draft.sequence ?? assert.fail();
  const title = async (text: string, id = 'one') => {
    const operations = [operation({ kind: 'set', id, fields: { title: text }, unset: [] })];
    return accepted(await changeDraft(store, document, { after: await sequence(), operations }, ann));
  };
  const change = async (...operations: unknown[]) =>
    accepted(
      await changeDraft(
        store,
        document,
        { after: await sequence(), operations: operations.map(operation) },
        ann,
      ),
    );
  const commit = async (request: Partial<CommitRequest> = {}) =>
    await commitDraft(store, document, { after: await sequence(), ...request }, ann);
  const shown = async () => {
    const live = await readLive(store, document);
    return live && `${live.commit} ${findWidget(live.tree, 'one')?.fields.title}`;
  };
  const draft = async () => {
    store.drafts.clear();
    return formatTree((await readDraft(store, document))?.draft.tree ?? assert.fail());
  };
  const statuses = async () =>
    (await readHistory(store, document)).map(({ number, status }) => `${number} ${status}`).join(', ');
  return { clock, store, document, sequence, title, change, commit, shown, draft, statuses };
}
