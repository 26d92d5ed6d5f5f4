import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Operation } from '../../tree/operation.ts';
import { operationOf } from '../../tree/outline-fixture.ts';
import { acknowledge } from './acknowledge.ts';
import { copyOf, heardOf, set, stateOf } from './copy-fixture.ts';
import { changeToSend, type DraftCopy, startSending } from './draft-copy.ts';
import { requestUndo } from './edit.ts';
import { hear } from './hear.ts';
import { operationsOf } from './local-change.ts';

const START = 'root(a{"x":0} b(c))';
const insert = (id: string, before?: string): Operation =>
  operationOf({
    kind: 'insert',
    widget: { id, type: 'note' },
    at: { parent: 'b', ...(before && { before }) },
  });

/** What happens to a copy, whose first change is under way: numbers are heard, or the answer. */
type Event =
  | readonly ['hear', number, ...Operation[]]
  | readonly ['answer', number, ...Operation[]]
  | readonly ['send'];

function after(copy: DraftCopy, events: readonly Event[]): DraftCopy {
  return events.reduce((now, [kind, sequence, ...operations]) => {
    if (kind === 'send') return startSending(now);
    if (kind === 'hear') return hear(now, heardOf(sequence, ...operations));
    const key = now.waiting[0]?.key ?? '';
    return acknowledge(now, { key, sequence, operations });
  }, copy);
}

const typed = copyOf(START, [set('a', { x: 1 })], [set('a', { x: 2 })]);
const removed = copyOf(START, [set('c', { x: 1 })], [operationOf({ kind: 'remove', id: 'b' })]);
const one = copyOf(START, [set('a', { x: 1 })]);
const undoing = requestUndo(copyOf(START), {
  key: 'k1',
  step: 1,
  label: { kind: 'set' },
  way: 'undo',
  undoes: 3,
});

const CASES: readonly (readonly [string, DraftCopy, readonly Event[], ReturnType<typeof stateOf>])[] = [
  [
    'as it was asked for',
    one,
    [['send'], ['answer', 5, set('a', { x: 1 })]],
    { shown: 'root(a{"x":1} b(c))', server: '5 root(a{"x":1} b(c))', waiting: '', conflicts: [] },
  ],
  [
    'its event before the answer',
    one,
    [['send'], ['hear', 5, set('a', { x: 1 })], ['answer', 5, set('a', { x: 1 })]],
    { shown: 'root(a{"x":1} b(c))', server: '5 root(a{"x":1} b(c))', waiting: '', conflicts: [] },
  ],
  [
    'its event after the answer',
    one,
    [['send'], ['answer', 5, set('a', { x: 1 })], ['hear', 5, set('a', { x: 1 })]],
    { shown: 'root(a{"x":1} b(c))', server: '5 root(a{"x":1} b(c))', waiting: '', conflicts: [] },
  ],
  [
    "others' changes before and after it, put aside",
    one,
    [
      ['send'],
      ['hear', 5, set('b', { y: 5 })],
      ['hear', 6, set('a', { x: 1 })],
      ['hear', 7, set('a', { x: 7 })],
      ['answer', 6, set('a', { x: 1 })],
    ],
    {
      shown: 'root(a{"x":7} b{"y":5}(c))',
      server: '7 root(a{"x":7} b{"y":5}(c))',
      waiting: '',
      conflicts: [],
    },
  ],
  [
    'an answer that comes before what it came after waits for that',
    one,
    [['send'], ['answer', 6, set('a', { x: 1 })]],
    { shown: 'root(a{"x":1} b(c))', server: `4 ${START}`, waiting: 'k1', conflicts: [] },
  ],
  [
    'and is done with it',
    one,
    [['send'], ['answer', 6, set('a', { x: 1 })], ['hear', 5, set('b', { y: 5 })]],
    {
      shown: 'root(a{"x":1} b{"y":5}(c))',
      server: '6 root(a{"x":1} b{"y":5}(c))',
      waiting: '',
      conflicts: [],
    },
  ],
  [
    'sanitised, and typed on since: what was typed stays',
    typed,
    [['send'], ['answer', 5, set('a', { x: 'clean', z: 1 })]],
    {
      shown: 'root(a{"x":2,"z":1} b(c))',
      server: '5 root(a{"x":"clean","z":1} b(c))',
      waiting: 'k2',
      conflicts: [],
    },
  ],
  [
    'sanitised, and its widget removed since',
    removed,
    [['send'], ['answer', 5, set('c', { x: 'clean' })]],
    { shown: 'root(a{"x":0})', server: '5 root(a{"x":0} b(c{"x":"clean"}))', waiting: 'k2', conflicts: [] },
  ],
  [
    'sanitised after others were first',
    typed,
    [['send'], ['hear', 5, set('b', { y: 5 })], ['answer', 6, set('a', { x: 'clean' })]],
    {
      shown: 'root(a{"x":2} b{"y":5}(c))',
      server: '6 root(a{"x":"clean"} b{"y":5}(c))',
      waiting: 'k2',
      conflicts: [],
    },
  ],
  [
    'done elsewhere than it was asked for: what is after it is carried',
    copyOf(START, [insert('m', 'c')], [insert('n', 'm')]),
    [['send'], ['answer', 5, insert('m')]],
    {
      shown: 'root(a{"x":0} b(c n/note m/note))',
      server: '5 root(a{"x":0} b(c m/note))',
      waiting: 'k2',
      conflicts: [],
    },
  ],
  [
    'nothing was left to do, since somebody had done it',
    copyOf(START, [set('a', { x: 1 })], [set('c', { y: 1 })]),
    [['send'], ['answer', 5], ['hear', 5, set('a', { x: 1 })]],
    {
      shown: 'root(a{"x":1} b(c{"y":1}))',
      server: '5 root(a{"x":1} b(c))',
      waiting: 'k2',
      conflicts: [],
    },
  ],
  [
    'nothing was left to do, and that is not known here before the change of somebody else is heard',
    one,
    [['send'], ['answer', 5]],
    { shown: 'root(a{"x":1} b(c))', server: `4 ${START}`, waiting: 'k1', conflicts: [] },
  ],
  [
    'an undo, and typed on since: what was typed stays',
    {
      ...undoing,
      waiting: [...undoing.waiting, ...one.waiting.map((each) => ({ ...each, key: 'k2' }))],
      tree: one.tree,
    },
    [['send'], ['answer', 5, set('a', { x: 'old', y: 'old' })]],
    {
      shown: 'root(a{"x":1,"y":"old"} b(c))',
      server: '5 root(a{"x":"old","y":"old"} b(c))',
      waiting: 'k2',
      conflicts: [],
    },
  ],
  [
    'an undo that takes away what was edited since',
    { ...undoing, waiting: [...undoing.waiting, ...copyOf(START, [], [set('c', { y: 1 })]).waiting] },
    [['send'], ['answer', 5, operationOf({ kind: 'remove', id: 'c' })]],
    { shown: 'root(a{"x":0} b)', server: '5 root(a{"x":0} b)', waiting: '', conflicts: ['removed: k2'] },
  ],
  [
    "somebody's change that does not go with a later one of this tab",
    copyOf(START, [set('b', { y: 1 })], [set('a', { x: 1 })]),
    [['send'], ['hear', 5, set('a', { x: 5 })], ['answer', 6, set('b', { y: 1 })]],
    {
      shown: 'root(a{"x":5} b{"y":1}(c))',
      server: '6 root(a{"x":5} b{"y":1}(c))',
      waiting: '',
      conflicts: ['fields: k2'],
    },
  ],
  [
    'the server took to go together what this tab does not',
    copyOf(START, [set('a', { x: 1 })], [set('c', { y: 1 })]),
    [['send'], ['hear', 5, set('a', { x: 5 })], ['answer', 6, set('a', { x: 1 })]],
    {
      shown: 'root(a{"x":1} b(c{"y":1}))',
      server: '6 root(a{"x":1} b(c))',
      waiting: 'k2',
      conflicts: [],
    },
  ],
];

describe('acknowledge', () => {
  for (const [name, copy, events, expected] of CASES) {
    it(name, () => assert.deepEqual(stateOf(after(copy, events)), expected));
  }

  it('leaves what is under way as it was sent, whatever is heard', () => {
    const sent = after(typed, [['send'], ['hear', 5, set('a', { x: 5 })]]);
    assert.equal(sent.waiting, typed.waiting);
    assert.equal(sent.sequence, 4);
    assert.equal(changeToSend(sent), typed.waiting[0]);
  });

  it('has nothing to send while an answer waits for what was before it', () => {
    assert.equal(changeToSend(after(one, [['send'], ['answer', 6, set('a', { x: 1 })]])), undefined);
  });

  it('takes an answer once', () => {
    const answer = { key: 'k1', sequence: 5, operations: [set('a', { x: 1 })] };
    const once = startSending(acknowledge(startSending(typed), answer));
    assert.equal(acknowledge(once, answer), once);
    assert.equal(acknowledge(typed, answer), typed, 'and none to what was not sent');
  });

  it('takes a change away that the base has already', () => {
    const [first] = one.waiting;
    assert.ok(first);
    const ahead = startSending({ ...one, sequence: 5, base: one.tree });
    const answered = acknowledge(ahead, { key: 'k1', sequence: 5, operations: operationsOf(first) });
    assert.deepEqual(stateOf(answered), stateOf({ ...one, sequence: 5, base: one.tree, waiting: [] }));
  });

  it('shows the same tree, the very one, where nothing is different', () => {
    const sent = startSending(typed);
    const answered = acknowledge(sent, { key: 'k1', sequence: 5, operations: [set('a', { x: 1 })] });
    assert.equal(answered.tree, sent.tree);
  });
});

describe('hear', () => {
  it('passes over what is known', () => {
    const known = hear(one, heardOf(5, set('b', { y: 5 })));
    assert.equal(hear(known, heardOf(5, set('b', { y: 5 }))), known);
    assert.equal(hear(known, heardOf(3)), known);
  });

  it('throws where something between was not heard', () => {
    assert.throws(() => hear(one, heardOf(6)), /and not those between/);
    const sent = hear(startSending(one), heardOf(5));
    assert.throws(() => hear(sent, heardOf(7)), /and not those between/);
  });

  it('throws where the change was not made for this draft', () => {
    assert.throws(() => hear(one, heardOf(5, set('nobody', {}))), /does not fit/);
  });
});
