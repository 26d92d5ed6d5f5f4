import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Operation } from '../../tree/operation.ts';
import { operationOf } from '../../tree/outline-fixture.ts';
import { operationsBesideClash, settleConflict, wantedOperations } from './conflict.ts';
import type { ConflictReason } from './conflict-reason.ts';
import { copyOf, heardOf, set, stateOf } from './copy-fixture.ts';
import { startSending } from './draft-copy.ts';
import { hear } from './hear.ts';
import { refuseFirst } from './refuse.ts';
import { takeBackUnsent } from './take-back.ts';

const START = 'root(a{"x":0} b(c))';
const remove = (id: string): Operation => operationOf({ kind: 'remove', id });
const move = (id: string, parent: string): Operation => operationOf({ kind: 'move', id, to: { parent } });
const insert = (id: string, parent: string): Operation =>
  operationOf({ kind: 'insert', widget: { id, type: 'box' }, at: { parent } });
const theirs = { sequence: 5, author: 'ann' };

describe('what is heard while nothing is under way', () => {
  const cases: readonly (readonly [
    string,
    readonly Operation[][],
    Operation,
    string,
    ConflictReason | undefined,
  ])[] = [
    [
      'another widget: both are kept',
      [[set('a', { x: 1 })]],
      set('c', { y: 5 }),
      'root(a{"x":1} b(c{"y":5}))',
      undefined,
    ],
    [
      'another field: both are kept',
      [[set('a', { x: 1 })]],
      set('a', { y: 5 }),
      'root(a{"x":1,"y":5} b(c))',
      undefined,
    ],
    [
      'the same: nothing is left to do',
      [[set('a', { x: 1 })]],
      set('a', { x: 1 }),
      'root(a{"x":1} b(c))',
      undefined,
    ],
    [
      'the same field: both values are told, of mine the last',
      [[set('a', { x: 1 })], [set('c', { y: 1 })], [set('a', { x: 2 })]],
      set('a', { x: 5 }),
      'root(a{"x":5} b(c{"y":1}))',
      { kind: 'fields', fields: [{ widget: 'a', name: 'x', before: 0, mine: 2, theirs: 5 }], theirs },
    ],
    [
      'a field that both have new, and I took away again',
      [[set('c', { y: 1 })], [set('c', {}, 'y')]],
      set('c', { y: 5 }),
      'root(a{"x":0} b(c{"y":5}))',
      {
        kind: 'fields',
        fields: [{ widget: 'c', name: 'y', before: undefined, mine: undefined, theirs: 5 }],
        theirs,
      },
    ],
    [
      'edited here, removed there, with what stands around it',
      [[set('c', { y: 1 })]],
      remove('b'),
      'root(a{"x":0})',
      { kind: 'removed', widget: 'b', side: 'theirs', changed: 'c', theirs },
    ],
    [
      'removed here, edited there',
      [[remove('b')]],
      set('c', { y: 5 }),
      'root(a{"x":0} b(c{"y":5}))',
      { kind: 'removed', widget: 'b', side: 'mine', changed: 'c', theirs },
    ],
    [
      'unwrapped here, edited there',
      [[operationOf({ kind: 'unwrap', id: 'b' })]],
      set('b', { y: 5 }),
      'root(a{"x":0} b{"y":5}(c))',
      { kind: 'removed', widget: 'b', side: 'mine', changed: 'b', theirs },
    ],
    [
      'moved here and there',
      [[move('c', 'a')]],
      move('c', 'root'),
      'root(a{"x":0} b c)',
      { kind: 'places', code: 'moved', widgets: ['c'], theirs },
    ],
    [
      'inserted into what is removed there, and edited then',
      [[insert('n', 'b')], [set('n', { t: 1 })], [set('a', { x: 1 })]],
      remove('b'),
      'root(a{"x":1})',
      { kind: 'removed', widget: 'b', side: 'theirs', changed: 'b', theirs },
    ],
  ];
  for (const [name, mine, other, shown, reason] of cases) {
    it(name, () => {
      const copy = hear(copyOf(START, ...mine), heardOf(5, other));
      assert.equal(stateOf(copy).shown, shown);
      assert.deepEqual(
        copy.conflicts.map((each) => each.reason),
        reason === undefined ? [] : [reason],
      );
      const told = copy.conflicts.flatMap(({ changes }) => changes).length;
      const gone = name.endsWith('nothing is left to do') ? 1 : 0;
      assert.equal(copy.waiting.length + told + gone, mine.length);
    });
  }
});

describe('refuseFirst', () => {
  const reason: ConflictReason = { kind: 'other', code: 'not-permitted', what: 'you may not' };
  const copy = startSending(
    copyOf(
      START,
      [insert('n', 'b')],
      [set('a', { x: 1 })],
      [set('n', { t: 1 })],
      [move('c', 'n')],
      [set('c', { y: 1 })],
    ),
  );

  it('lets those go on that can, and keeps those with it that cannot', () => {
    assert.deepEqual(stateOf(refuseFirst(copy, 'k1', reason)), {
      shown: 'root(a{"x":1} b(c{"y":1}))',
      server: `4 ${START}`,
      waiting: 'k2 k5',
      conflicts: ['other: k1 k3 k4'],
    });
  });

  it('keeps what only took it back with it', () => {
    const back = startSending(copyOf(START, [insert('n', 'b')], [remove('n')], [set('a', { x: 1 })]));
    const { waiting, conflicts } = stateOf(refuseFirst(back, 'k1', reason));
    assert.deepEqual([waiting, conflicts], ['k3', ['other: k1 k2']]);
  });

  it('keeps what needs it in the order in which it was done', () => {
    const chain = startSending(
      copyOf(START, [insert('n', 'b')], [insert('m', 'n')], [set('n', { t: 1 })], [set('m', { t: 1 })]),
    );
    assert.deepEqual(stateOf(refuseFirst(chain, 'k1', reason)).conflicts, ['other: k1 k2 k3 k4']);
  });

  it('meets then what was put aside', () => {
    const heard = hear(copy, heardOf(5, set('a', { x: 5 })));
    assert.deepEqual(stateOf(refuseFirst(heard, 'k1', reason)), {
      shown: 'root(a{"x":5} b(c{"y":1}))',
      server: '5 root(a{"x":5} b(c))',
      waiting: 'k5',
      conflicts: ['other: k1 k3 k4', 'fields: k2'],
    });
  });

  it('says whose change was in the way, whether that is heard before the answer or after it', () => {
    const unnamed: ConflictReason = {
      kind: 'removed',
      widget: 'b',
      side: 'theirs',
      changed: 'c',
      theirs: null,
    };
    const alone = startSending(copyOf(START, [set('c', { y: 1 })]));
    const theirRemoval = heardOf(5, remove('b'));
    const before = refuseFirst(hear(alone, theirRemoval), 'k1', unnamed);
    const after = hear(refuseFirst(alone, 'k1', unnamed), theirRemoval);
    for (const { conflicts } of [before, after])
      assert.deepEqual(conflicts[0]?.reason, { ...unnamed, theirs });
    const other = hear(refuseFirst(alone, 'k1', unnamed), heardOf(5, remove('a')));
    assert.deepEqual(other.conflicts[0]?.reason, unnamed);
  });

  it('changes nothing where something else is under way, or nothing', () => {
    assert.equal(refuseFirst(copy, 'k2', reason), copy);
    const quiet = { ...copy, isUnderWay: false };
    assert.equal(refuseFirst(quiet, 'k1', reason), quiet);
  });
});

describe('a conflict', () => {
  const both = [set('a', { x: 1, z: 1 }), set('c', { y: 1 })];
  const copy = hear(copyOf(START, both), heardOf(5, set('a', { x: 5 })));
  const [conflict] = copy.conflicts;
  assert.ok(conflict);

  it('keeps what was wanted', () => assert.deepEqual(wantedOperations(conflict), both));

  it('says what is left to do where the other values are chosen', () => {
    assert.deepEqual(operationsBesideClash(conflict), [set('a', { z: 1 }), set('c', { y: 1 })]);
    const only = hear(copyOf(START, [set('a', {}, 'x')]), heardOf(5, set('a', { x: 5 }))).conflicts[0];
    assert.deepEqual(only && operationsBesideClash(only), []);
    assert.deepEqual(operationsBesideClash({ ...conflict, reason: { kind: 'uncertain' } }), []);
  });

  it('goes when somebody has decided', () => {
    assert.deepEqual(settleConflict(copy, 'k1').conflicts, []);
    assert.equal(settleConflict(copy, 'k9'), copy);
  });
});

describe('takeBackUnsent', () => {
  const copy = copyOf(
    START,
    [set('a', { x: 1 })],
    [insert('n', 'b')],
    [set('b', { y: 1 })],
    [set('n', { t: 1 })],
  );

  it('takes a change back from under later ones, and says what does it again', () => {
    const taken = takeBackUnsent(copy, 'k1');
    assert.ok(taken.ok);
    assert.equal(stateOf(taken.copy).shown, 'root(a{"x":0} b{"y":1}(c n{"t":1}))');
    assert.equal(stateOf(taken.copy).waiting, 'k2 k3 k4');
    assert.deepEqual(taken.again, [set('a', { x: 1 })]);
  });

  for (const [name, from, key, because] of [
    ['that later ones need', copy, 'k2', 'needed'],
    ['that is under way', startSending(copy), 'k1', 'under-way'],
    ['that does not wait', copy, 'k9', 'absent'],
  ] as const) {
    it(`takes nothing back ${name}`, () => {
      assert.deepEqual(takeBackUnsent(from, key), { ok: false, because });
    });
  }
});
