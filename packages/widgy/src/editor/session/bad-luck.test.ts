import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatTree } from '../../tree/format.ts';
import type { Operation } from '../../tree/operation.ts';
import { createWidget } from '../../tree/widget.ts';
import { apiOf, memoryDevice, openServer, openTab, others, treeAt } from './session-fixture.ts';

const SET = { kind: 'set', what: 'Section', field: 'Title' };

const titled = (title: string): Operation => ({ kind: 'set', id: 'section', fields: { title }, unset: [] });
const starred = (stars: number): Operation => ({ kind: 'set', id: 'note', fields: { stars }, unset: [] });
const note = (id: string): Operation => ({
  kind: 'insert',
  widget: createWidget({ id, type: 'note', fields: { text: '<p>More</p>' }, children: [] }),
  at: { parent: 'section' },
});

describe('a server that was set back to an older day while a tab was away', () => {
  // What the tab knows, what the server did in the place of it, and what it goes on with after that.
  for (const { what, known, instead } of [
    { what: 'goes on with what the tab does not have', known: [], instead: [note('b'), starred(5)] },
    { what: 'goes on from another draft', known: [note('a')], instead: [note('b'), starred(5)] },
    { what: 'has changed what the tab does not have', known: [note('a')], instead: [note('b'), moreOf('b')] },
    { what: 'is at the same number with another draft', known: [note('a')], instead: [note('b')] },
  ])
    it(`opens, shows what the server has, and loses nothing of the tab, where it ${what}`, async () => {
      const device = memoryDevice();
      {
        await using lost = await openServer();
        const session = await openTab(lost, { device });
        for (const operation of known) {
          session.edit(SET, [operation]);
          await session.flush();
        }
        lost.isReached = false;
        session.edit(SET, [titled('Mine')], 'title');
        session.leave();
        session.close();
      }
      await using server = await openServer();
      const [text = ''] = device.texts.values();
      device.texts.clear();
      // It was typed, and had not left yet.
      const unsent = text.replace('"isUnderWay":true', '"isUnderWay":false');
      device.texts.set(`${server.document} ann`, unsent);
      for (const operation of instead) await others(server, operation);
      const session = await openTab(server, { device });
      assert.equal(await session.flush(), true);
      assert.equal(formatTree(session.tree.value), await treeAt(server));
      assert.match(await treeAt(server), /"id":"b".*"title":"Mine"/);
      assert.deepEqual([session.conflicts.value, server.faults], [[], []]);
      session.close();
    });
});

function moreOf(id: string): Operation {
  return { kind: 'set', id, fields: { stars: 2 }, unset: [] };
}

describe('something that should not happen while a tab sends', () => {
  it('is told, and what waits is sent again', async () => {
    await using server = await openServer();
    const api = apiOf(server, 'ann');
    let isBroken = true;
    const session = await openTab(server, {
      api: {
        ...api,
        async change(asked) {
          if (isBroken) throw new Error('a mistake of ours');
          return await api.change(asked);
        },
      },
    });
    session.edit(SET, [titled('Second')]);
    assert.equal(await session.flush(), false);
    assert.equal(session.saving.value.kind, 'offline');
    assert.match(String(server.faults[0]), /a mistake of ours/);
    isBroken = false;
    assert.equal(await session.flush(), true);
    assert.equal(session.saving.value.kind, 'saved');
    assert.match(await treeAt(server), /"title":"Second"/);
    session.close();
  });
});
