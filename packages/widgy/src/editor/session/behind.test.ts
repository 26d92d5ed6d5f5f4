import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatTree } from '../../tree/format.ts';
import type { Operation } from '../../tree/operation.ts';
import { memoryDevice, openServer, openTab, others, type TestServer, treeAt } from './session-fixture.ts';

const SET = { kind: 'set', what: 'Section', field: 'Title' };

function titled(text: string): Operation {
  return { kind: 'set', id: 'section', fields: { title: text }, unset: [] };
}

function starred(stars: number): Operation {
  return { kind: 'set', id: 'note', fields: { stars }, unset: [] };
}

/** Forgets the oldest changes, as it happens after hundreds. */
async function forgetLog({ store, document }: TestServer): Promise<void> {
  const { kysely } = store.database;
  await kysely.deleteFrom('operations').where('document', '=', document).where('sequence', '<=', 2).execute();
}

describe('a session that is behind', () => {
  it('does not wait for the stream with what it did after a change whose answer came first', async () => {
    await using server = await openServer();
    server.isHeard = false;
    const session = await openTab(server);
    await others(server, starred(1));
    session.edit(SET, [titled('A')]);
    session.edit(SET, [titled('B')]);
    assert.equal(await session.flush(), true);
    assert.deepEqual(session.saving.value, { kind: 'saved', at: 5000 });
    assert.equal(formatTree(session.tree.value), await treeAt(server));
    assert.match(await treeAt(server), /"stars":1.*"title":"B"/);
    session.close();
  });

  it('goes on from the draft of now where the log does not reach back to what it knows', async () => {
    await using server = await openServer({ keptChanges: 3 });
    const session = await openTab(server);
    server.isReached = false;
    session.edit(SET, [titled('Long ago')]);
    await session.flush();
    for (let stars = 0; stars < 5; stars++) await others(server, starred(stars));
    await forgetLog(server);
    server.isReached = true;
    await session.flush();
    // It was sent into the dark, so nobody knows whether it was done: that is said, with what was wanted.
    const [conflict, ...more] = session.conflicts.value;
    assert.deepEqual([conflict?.reason.kind, more.length], ['uncertain', 0]);
    assert.equal(formatTree(session.tree.value), await treeAt(server));
    session.edit(SET, [titled('Now')]);
    assert.equal(await session.flush(), true);
    assert.match(await treeAt(server), /"title":"Now"/);
    session.close();
  });

  it('does again by itself what was only too far behind to be done', async () => {
    await using server = await openServer({ keptChanges: 3 });
    server.isHeard = false;
    const session = await openTab(server);
    for (let stars = 0; stars < 5; stars++) await others(server, starred(stars));
    await forgetLog(server);
    session.edit(SET, [titled('Mine')]);
    assert.equal(await session.flush(), true);
    assert.deepEqual(session.conflicts.value, []);
    assert.match(await treeAt(server), /"stars":4.*"title":"Mine"/);
    assert.equal(formatTree(session.tree.value), await treeAt(server));
    session.close();
  });

  it('listens again, from the draft of now, when the stream says that the log is gone', async () => {
    await using server = await openServer({ keptChanges: 3 });
    server.isHeard = false;
    const session = await openTab(server);
    for (let stars = 0; stars < 5; stars++) await others(server, starred(stars));
    await forgetLog(server);
    const [handlers] = server.handlers;
    assert.ok(handlers);
    server.handlers.clear();
    handlers.ended('log-gone');
    await session.flush();
    await new Promise((resolve) => setImmediate(resolve));
    await new Promise((resolve) => setImmediate(resolve));
    assert.equal(server.handlers.size, 1);
    server.isHeard = true;
    await others(server, starred(0));
    assert.equal(formatTree(session.tree.value), await treeAt(server));
    session.close();
  });

  it('reads the draft where what it hears does not fit what it has, and loses nothing', async () => {
    await using server = await openServer();
    const session = await openTab(server);
    const [handlers] = server.handlers;
    assert.ok(handlers);
    server.isReached = false;
    session.edit(SET, [titled('Mine')]);
    server.isReached = true;
    const operations: readonly Operation[] = [{ kind: 'remove', id: 'never there' }];
    handlers.change({ sequence: 1, operations, author: null, kind: 'edit', undoes: null });
    for (let round = 0; round < 3; round++) await session.flush();
    assert.equal(formatTree(session.tree.value), await treeAt(server));
    assert.match(await treeAt(server), /"title":"Mine"/);
    session.close();
  });

  it('says that it is offline though nothing waits, and that it is not any more', async () => {
    await using server = await openServer();
    const session = await openTab(server);
    const [handlers] = server.handlers;
    assert.ok(handlers);
    server.isReached = false;
    handlers.lost();
    await session.flush();
    assert.deepEqual(session.saving.value, { kind: 'offline', isKept: true });
    server.isReached = true;
    handlers.connected();
    await session.flush();
    assert.equal(session.saving.value.kind, 'saved');
    session.close();
  });
});

describe('what another tab left behind', () => {
  it('is taken up once, with what can be undone of it', async () => {
    await using server = await openServer();
    const device = memoryDevice();
    const killed = await openTab(server, { author: 'ann', device });
    server.isReached = false;
    killed.edit(SET, [titled('Left')]);
    await killed.flush();
    killed.close();
    server.isReached = true;
    const second = await openTab(server, { author: 'bob', device });
    await second.flush();
    assert.match(await treeAt(server), /"title":"Left"/);
    assert.deepEqual([...device.texts.keys()], [`${server.document} bob`]);
    await second.undo();
    await second.flush();
    assert.match(await treeAt(server), /"title":"First"/);
    second.close();
  });
});
