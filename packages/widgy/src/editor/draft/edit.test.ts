import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DEFAULT_LIMITS } from '../../tree/limits.ts';
import { formatOperation } from '../../tree/operation.ts';
import { operationOf, outlineOf } from '../../tree/outline-fixture.ts';
import { BOXES, copyOf, doing, set, stateOf } from './copy-fixture.ts';
import { changeToSend, openCopy, startSending } from './draft-copy.ts';
import { edit, requestUndo } from './edit.ts';
import { operationsOf } from './local-change.ts';

const START = 'root(a{"x":0} b(c))';

describe('edit', () => {
  it('shows at once what it does, and lets it wait', () => {
    const copy = copyOf(START, [
      operationOf({ kind: 'move', id: 'c', to: { parent: 'a' } }),
      set('c', { y: 1 }),
    ]);
    assert.deepEqual(stateOf(copy), {
      shown: 'root(a{"x":0}(c{"y":1}) b)',
      server: `4 ${START}`,
      waiting: 'k1',
      conflicts: [],
    });
  });

  it('does all operations or none', () => {
    const copy = copyOf(START);
    const operations = [
      set('a', { x: 1 }),
      operationOf({ kind: 'insert', widget: { id: 'n', type: 'unheard-of' }, at: { parent: 'a' } }),
    ];
    const edited = edit(copy, BOXES, DEFAULT_LIMITS, { key: 'k', step: 1, operations });
    assert.equal(!edited.ok && edited.refusal.code, 'type-unknown');
  });

  it('is the same copy where nothing changes, and leaves out what changes nothing', () => {
    const copy = copyOf(START);
    const nothing = edit(copy, BOXES, DEFAULT_LIMITS, {
      key: 'k',
      step: 1,
      operations: [set('a', { x: 0 })],
    });
    assert.ok(nothing.ok);
    assert.equal(nothing.copy, copy);
    assert.equal(nothing.key, undefined);
    const [change] = doing(copy, 1, set('a', { x: 0 }), set('b', { x: 2 })).waiting;
    assert.ok(change);
    assert.deepEqual(operationsOf(change).map(formatOperation), [formatOperation(set('b', { x: 2 }))]);
  });

  const typed = copyOf(START, [set('a', { x: 1, z: 1 })]);
  for (const [name, copy, next, expected] of [
    ['the same field of the same step', typed, [1, set('a', { x: 2 })], 'k1'],
    ['a field that is taken away', typed, [1, set('a', {}, 'x')], 'k1'],
    ['another step', typed, [2, set('a', { x: 2 })], 'k1 k2'],
    ['another field', typed, [1, set('a', { y: 2 })], 'k1 k1'],
    ['another widget', typed, [1, set('b', { x: 2 })], 'k1 k1'],
    ['what was sent', startSending(typed), [1, set('a', { x: 2 })], 'k1 k1'],
    ['another kind', typed, [1, operationOf({ kind: 'remove', id: 'b' })], 'k1 k1'],
  ] as const) {
    it(`joins what is typed in one go, asked about ${name}`, () => {
      const [step, operation] = next;
      const after = doing(copy, step, operation);
      assert.equal(stateOf(after).waiting, expected);
      // What waits gives what is shown, joined or not.
      const again = after.waiting.reduce(
        (shown, change, at) => doing(shown, at + 1, ...operationsOf(change)),
        openCopy(4, copy.base),
      );
      assert.equal(outlineOf(again.tree), outlineOf(after.tree));
    });
  }

  it('tells the key under which it waits', () => {
    const joined = edit(typed, BOXES, DEFAULT_LIMITS, {
      key: 'new',
      step: 1,
      operations: [set('a', { x: 7 })],
    });
    assert.equal(joined.ok && joined.key, 'k1');
  });
});

describe('requestUndo', () => {
  it('shows nothing before the server has done it', () => {
    const asked = { key: 'u', step: 1, label: { kind: 'set' }, way: 'undo', undoes: 3 } as const;
    const copy = requestUndo(copyOf(START), asked);
    assert.equal(copy.tree, copy.base);
    assert.equal(stateOf(copy).shown, START);
    assert.deepEqual(changeToSend(copy), { kind: 'undo', ...asked });
  });
});

it('a widget that is inserted can be edited before it is acknowledged', () => {
  const insert = operationOf({
    kind: 'insert',
    widget: { id: 'n', type: 'note' },
    at: { parent: 'b', before: 'c' },
  });
  assert.equal(
    stateOf(copyOf(START, [insert], [set('n', { t: 1 })])).shown,
    'root(a{"x":0} b(n/note{"t":1} c))',
  );
});
