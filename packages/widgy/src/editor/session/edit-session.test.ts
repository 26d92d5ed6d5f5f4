import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { readDraft } from '../../documents/index.ts';
import { formatTree } from '../../tree/format.ts';
import type { Operation } from '../../tree/operation.ts';
import { findWidget } from '../../tree/tree.ts';
import { createWidget } from '../../tree/widget.ts';
import { selectOne } from './selection.ts';
import type { Session } from './session.ts';
import { apiOf, memoryDevice, openServer, openTab, type TestServer } from './session-fixture.ts';

const title = (text: string): Operation => ({
  kind: 'set',
  id: 'section',
  fields: { title: text },
  unset: [],
});
const stars = (count: number): Operation => ({
  kind: 'set',
  id: 'note',
  fields: { stars: count },
  unset: [],
});
const SET = { kind: 'set', what: 'Section', field: 'Title' };

const titleIn = ({ tree }: Session) => findWidget(tree.value, 'section')?.fields.title;

async function titleAt({ store, document }: TestServer): Promise<unknown> {
  const read = await readDraft(store, document);
  return read && findWidget(read.draft.tree, 'section')?.fields.title;
}

async function treeAt({ store, document }: TestServer): Promise<string> {
  const read = await readDraft(store, document);
  return read === undefined ? '' : formatTree(read.draft.tree);
}

/** Lets everything happen that is about to. */
async function settle(...sessions: readonly Session[]): Promise<void> {
  for (let round = 0; round < 20; round++) {
    await new Promise((resolve) => setImmediate(resolve));
    for (const session of sessions) await session.flush();
  }
}

describe('a session', () => {
  it('shows an edit at once, and says that it is saved when the server has it', async () => {
    await using server = await openServer();
    const session = await openTab(server);
    assert.deepEqual(session.saving.value, { kind: 'saved', at: undefined });
    assert.ok(session.edit(SET, [title('Second')], 'title').ok);
    assert.equal(titleIn(session), 'Second');
    assert.deepEqual([session.saving.value.kind, await titleAt(server)], ['saving', 'First']);
    assert.equal(await session.flush(), true);
    assert.deepEqual(session.saving.value, { kind: 'saved', at: 5000 });
    assert.equal(await titleAt(server), 'Second');
    session.close();
  });

  it('refuses what is against the rules, and sends nothing of it', async () => {
    await using server = await openServer();
    const session = await openTab(server);
    const widget = createWidget({ id: 'new', type: 'note' });
    const edited = session.edit({ kind: 'insert' }, [{ kind: 'insert', widget, at: { parent: 'root' } }]);
    assert.ok(!edited.ok);
    assert.equal(edited.refusal.code, 'parent-refuses');
    assert.equal(session.canUndo.value, undefined);
    session.close();
  });

  it('undoes what was typed in one go as one step, and does it again', async () => {
    await using server = await openServer();
    const session = await openTab(server);
    for (const text of ['A', 'AB', 'ABC']) {
      session.edit(SET, [title(text)], 'title');
      if (text === 'AB') await session.flush();
    }
    session.edit({ ...SET, field: 'Stars' }, [stars(5)], 'stars');
    await session.undo();
    await settle(session);
    assert.deepEqual([titleIn(session), findWidget(session.tree.value, 'note')?.fields.stars], ['ABC', 3]);
    await session.undo();
    await settle(session);
    assert.deepEqual([titleIn(session), await titleAt(server)], ['First', 'First']);
    assert.equal(session.canUndo.value, undefined);
    await session.redo();
    await settle(session);
    assert.deepEqual([titleIn(session), await titleAt(server)], ['ABC', 'ABC']);
    session.close();
  });

  it('gives the same ids back with what was deleted', async () => {
    await using server = await openServer();
    const session = await openTab(server);
    const before = await treeAt(server);
    session.edit({ kind: 'remove', what: 'Section' }, [{ kind: 'remove', id: 'section' }]);
    await settle(session);
    assert.equal(findWidget(session.tree.value, 'note'), undefined);
    await session.undo();
    await settle(session);
    assert.equal(await treeAt(server), before);
    session.close();
  });

  it('keeps what two people do in different widgets, without a word', async () => {
    await using server = await openServer();
    const ann = await openTab(server);
    const bob = await openTab(server, { author: 'bob' });
    ann.edit(SET, [title('Of Ann')], 'title');
    bob.edit(SET, [stars(5)], 'stars');
    await settle(ann, bob);
    for (const session of [ann, bob]) {
      assert.equal(formatTree(session.tree.value), await treeAt(server));
      assert.deepEqual(session.conflicts.value, []);
      session.close();
    }
    assert.match(await treeAt(server), /"stars":5.*"title":"Of Ann"/);
  });

  it('shows both values where two people changed the same field', async () => {
    await using server = await openServer();
    const ann = await openTab(server);
    const bob = await openTab(server, { author: 'bob' });
    ann.edit(SET, [title('Of Ann')], 'title');
    bob.edit(SET, [title('Of Bob')], 'title');
    await settle(ann, bob);
    const all = [...ann.conflicts.value, ...bob.conflicts.value];
    assert.equal(all.length, 1);
    const [conflict] = all;
    assert.ok(conflict?.reason.kind === 'fields');
    const [field] = conflict.reason.fields;
    assert.deepEqual(
      [field?.before, new Set([field?.mine, field?.theirs])],
      ['First', new Set(['Of Ann', 'Of Bob'])],
    );
    const loser = ann.conflicts.value.length > 0 ? ann : bob;
    loser.edit({ kind: 'settle', what: 'Section' }, [title('Of both')]);
    loser.settle(conflict.key);
    await settle(ann, bob);
    assert.deepEqual([titleIn(ann), titleIn(bob), loser.conflicts.value], ['Of both', 'Of both', []]);
    for (const session of [ann, bob]) session.close();
  });

  it('works on while the server is not reached, says so, and merges when it is back', async () => {
    await using server = await openServer();
    const ann = await openTab(server);
    const bob = await openTab(server, { author: 'bob' });
    server.isReached = false;
    ann.edit(SET, [title('Offline')], 'title');
    await ann.flush();
    assert.deepEqual(ann.saving.value, { kind: 'offline', isKept: true });
    ann.edit(SET, [stars(1)], 'stars');
    await ann.undo();
    assert.equal(titleIn(ann), 'Offline');
    server.isReached = true;
    bob.edit(SET, [stars(4)], 'stars');
    await settle(bob, ann);
    assert.equal(formatTree(ann.tree.value), await treeAt(server));
    assert.match(await treeAt(server), /"stars":4.*"title":"Offline"/);
    for (const session of [ann, bob]) session.close();
  });

  it('does once what it asked for twice', async () => {
    await using server = await openServer();
    const session = await openTab(server);
    server.onDone = () => {
      server.onDone = () => true;
      return false;
    };
    session.edit(SET, [title('Once')], 'title');
    assert.equal(await session.flush(), false);
    assert.equal(await titleAt(server), 'Once');
    assert.equal(await session.flush(), true);
    const read = await readDraft(server.store, server.document);
    assert.deepEqual([read?.draft.sequence, titleIn(session)], [1, 'Once']);
    session.close();
  });

  it('goes on after a kill where it was, whether or not the server had done what was under way', async () => {
    for (const isDone of [false, true]) {
      await using server = await openServer();
      const device = memoryDevice();
      const killed = await openTab(server, { device });
      if (isDone) server.onDone = () => false;
      else server.isReached = false;
      killed.edit(SET, [title('Typed')], 'title');
      await killed.flush();
      killed.edit(SET, [stars(1)], 'stars');
      await settle();
      killed.close();
      server.onDone = () => true;
      server.isReached = true;
      const again = await openTab(server, { device });
      await settle(again);
      assert.match(await treeAt(server), /"stars":1.*"title":"Typed"/, String(isDone));
      assert.equal(formatTree(again.tree.value), await treeAt(server));
      await again.undo();
      await again.undo();
      await settle(again);
      assert.equal(await titleAt(server), 'First', String(isDone));
      again.close();
    }
  });

  it('does not take back what somebody else has worked on since', async () => {
    await using server = await openServer();
    const ann = await openTab(server);
    const bob = await openTab(server, { author: 'bob' });
    ann.edit(SET, [title('Of Ann')], 'title');
    await settle(ann, bob);
    bob.edit(SET, [title('Of Bob')], 'title');
    await settle(ann, bob);
    await ann.undo();
    await settle(ann, bob);
    assert.equal(await titleAt(server), 'Of Bob');
    assert.match(ann.announcement.value, /Somebody else has worked on this since/);
    // It was told as taken back: so it is listed until somebody has seen that it was not.
    const [conflict] = ann.conflicts.value;
    assert.deepEqual(conflict?.reason, { kind: 'worked-on', way: 'undo', step: SET });
    ann.settle(conflict.key);
    assert.deepEqual([ann.conflicts.value, bob.conflicts.value], [[], []]);
    for (const session of [ann, bob]) session.close();
  });

  it('selects what undo has brought back', async () => {
    await using server = await openServer();
    const ann = await openTab(server);
    ann.selection.value = selectOne('note');
    ann.edit({ kind: 'remove' }, [{ kind: 'remove', id: 'note' }]);
    await settle(ann);
    ann.selection.value = selectOne('section');
    await ann.undo();
    await settle(ann);
    assert.deepEqual(ann.selection.value, selectOne('note'));
    ann.close();
  });

  for (const { way, wanted } of [
    {
      way: 'undo',
      wanted: 'Somebody else has worked on this since. Editing Title of Section was not taken back.',
    },
    {
      way: 'redo',
      wanted: 'Somebody else has worked on this since. Editing Title of Section was not done again.',
    },
  ] as const) {
    it(`lists by its name what ${way} was refused for later, whatever was done meanwhile`, async () => {
      await using server = await openServer();
      const ann = await openTab(server);
      ann.edit(SET, [title('Of Ann')], 'title');
      await settle(ann);
      if (way === 'redo') await ann.undo();
      await settle(ann);
      server.isReached = false;
      await ann[way]();
      // After something new nothing can be redone any more.
      ann.edit({ kind: 'set' }, [stars(5)]);
      await settle(ann);
      server.isReached = true;
      const { sequence: after } = (await readDraft(server.store, server.document))?.draft ?? assert.fail();
      const done = await apiOf(server, 'bob').change({ key: 'bob', after, operations: [title('Of Bob')] });
      assert.equal(done.kind, 'done');
      await settle(ann);
      assert.equal(ann.announcement.value, wanted);
      const reasons = ann.conflicts.value.map(({ reason }) => reason);
      assert.deepEqual(reasons, [{ kind: 'worked-on', way, step: SET }]);
      assert.equal(await titleAt(server), 'Of Bob');
      assert.deepEqual(server.faults, []);
      ann.close();
    });
  }

  for (const signedIn of ['nobody', 'somebody-else'] as const) {
    it(`sends nothing while ${signedIn} is signed in, and goes on when the same person is`, async () => {
      await using server = await openServer();
      const ann = await openTab(server);
      server.signedIn = signedIn;
      ann.edit(SET, [title('Of Ann')], 'title');
      assert.equal(await ann.flush(), false);
      const isSomebodyElse = signedIn === 'somebody-else';
      assert.deepEqual(ann.saving.value, { kind: 'signed-out', isKept: true, isSomebodyElse });
      assert.deepEqual([titleIn(ann), await titleAt(server)], ['Of Ann', 'First']);
      // The stream of somebody who is not signed in ends as that of somebody who may not see the page.
      for (const handlers of [...server.handlers]) handlers.ended('not-allowed');
      await settle(ann);
      assert.equal(ann.saving.value.kind, 'signed-out');
      server.signedIn = 'same';
      ann.comeBack();
      await settle(ann);
      assert.deepEqual(ann.saving.value, { kind: 'saved', at: 5000 });
      assert.equal(await titleAt(server), 'Of Ann');
      ann.close();
    });
  }

  it('hears nothing more once it is closed, though it was about to listen again', async () => {
    await using server = await openServer();
    const ann = await openTab(server);
    server.signedIn = 'nobody';
    for (const handlers of [...server.handlers]) handlers.ended('not-allowed');
    ann.close();
    await settle();
    assert.equal(server.handlers.size, 0);
  });

  it('says that nobody is signed in though nothing waits', async () => {
    await using server = await openServer();
    const ann = await openTab(server);
    server.signedIn = 'nobody';
    ann.comeBack();
    await settle(ann);
    assert.equal(ann.saving.value.kind, 'signed-out');
    server.signedIn = 'same';
    ann.comeBack();
    await settle(ann);
    assert.equal(ann.saving.value.kind, 'saved');
    ann.close();
  });

  it('is at risk only where something waits that the device does not keep', async () => {
    await using server = await openServer();
    const device = { ...memoryDevice(), keep: async () => false };
    const ann = await openTab(server, { device });
    ann.edit(SET, [title('Second')], 'title');
    await settle(ann);
    assert.deepEqual([ann.saving.value.kind, ann.isAtRisk.value], ['saved', false]);
    server.isReached = false;
    ann.edit(SET, [title('Third')], 'title');
    await ann.flush();
    assert.equal(ann.isAtRisk.value, true);
    server.isReached = true;
    await settle(ann);
    assert.equal(ann.isAtRisk.value, false);
    ann.close();
  });

  it('forgets in its selection what somebody else deleted', async () => {
    await using server = await openServer();
    const ann = await openTab(server);
    const bob = await openTab(server, { author: 'bob' });
    ann.selection.value = selectOne('note');
    bob.edit({ kind: 'remove' }, [{ kind: 'remove', id: 'note' }]);
    await settle(ann, bob);
    assert.deepEqual(ann.selection.value.ids, []);
    for (const session of [ann, bob]) session.close();
  });
});
