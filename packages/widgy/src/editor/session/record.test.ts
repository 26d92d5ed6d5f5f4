import assert from 'node:assert/strict';
import { it } from 'node:test';
import { trustedAuthor } from '../../documents/author.ts';
import { commitDraft, readDraft, restoreWidget } from '../../documents/index.ts';
import { findWidget } from '../../tree/tree.ts';
import { openServer, openTab } from './session-fixture.ts';

it('what the server did for somebody is a step that is undone and done again', async () => {
  const server = await openServer();
  const { store, document } = server;
  const author = trustedAuthor('ann');
  const titleOf = async () => {
    const read = await readDraft(store, document);
    return read && findWidget(read.draft.tree, 'section')?.fields.title;
  };
  assert.ok((await commitDraft(store, document, { after: 0 }, author)).ok);
  const session = await openTab(server);
  const set = { kind: 'set', id: 'section', fields: { title: 'Second' }, unset: [] } as const;
  assert.ok(session.edit({ kind: 'set', what: 'Section' }, [set]).ok);
  assert.equal(await session.flush(), true);
  const restored = await restoreWidget(store, document, { widget: 'section', commit: 1 }, author);
  assert.ok(restored.ok);
  session.record({ kind: 'restore', what: 'Section' }, restored.sequence);
  assert.deepEqual(session.canUndo.value, { kind: 'restore', what: 'Section' });
  assert.equal(await titleOf(), 'First');
  await session.undo();
  await session.flush();
  assert.equal(await titleOf(), 'Second');
  await session.redo();
  await session.flush();
  assert.equal(await titleOf(), 'First');
  // What was done before it is still a step of its own.
  await session.undo();
  await session.flush();
  assert.deepEqual(session.canUndo.value, { kind: 'set', what: 'Section' });
  session.close();
});
