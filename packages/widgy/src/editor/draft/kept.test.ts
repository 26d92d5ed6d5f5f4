import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { outlineOf } from '../../tree/outline-fixture.ts';
import type { ConflictReason } from './conflict-reason.ts';
import { copyOf, heardOf, set, stateOf } from './copy-fixture.ts';
import { changeToSend, openCopy, startSending } from './draft-copy.ts';
import { requestUndo } from './edit.ts';
import { formatKept, type KeptDraft, keptOf, parseKept } from './kept.ts';
import { reasonOfProblem } from './problem-reason.ts';
import { rescueCopy, resumeCopy } from './resume.ts';
import { NO_STEPS, recordStep, undone } from './steps.ts';

const START = 'root(a{"x":0} b(c))';
const REASONS: readonly ConflictReason[] = [
  {
    kind: 'fields',
    fields: [{ widget: 'a', name: 'x', before: undefined, mine: { y: [1] }, theirs: null }],
    theirs: { sequence: 5, author: null },
  },
  { kind: 'removed', widget: 'a', side: 'mine', changed: 'b', theirs: { sequence: 5, author: 'ann' } },
  { kind: 'places', code: 'cycle', widgets: ['a', 'b'], theirs: null },
  {
    kind: 'refused',
    refusal: {
      ...{ code: 'parent-refuses', what: 'no', ids: ['a'] },
      parent: { id: 'a', type: 'box', label: 'Box' },
      child: { id: undefined, type: 'note', label: 'Note' },
      wrapper: { type: 'box', label: 'Box', slot: undefined },
    },
  },
  { kind: 'invalid', widget: 'a', errors: [{ code: 'required', path: '/x', message: 'Fill this in.' }] },
  { kind: 'worked-on', way: 'redo', step: { kind: 'set', what: 'Heading' } },
  { kind: 'uncertain' },
  { kind: 'other', code: 'vetoed', what: 'not today' },
];

const change = { kind: 'edit', key: 'k9', step: 9, operations: [set('a', { x: 9 })] } as const;
const steps = undone(
  recordStep(recordStep(NO_STEPS, { number: 1, label: { kind: 'set', of: ['x'] }, key: 'k1' }), {
    ...{ number: 2, label: { kind: 'move' }, key: 'k2' },
  }),
  [
    { kind: 'done', sequence: 3 },
    { kind: 'taken-back', operations: [set('a', { x: 1 })] },
  ],
);
const waiting = requestUndo(copyOf(START, [set('a', { x: 1 })], [set('c', { y: 1 })]), {
  ...{ key: 'u', step: 3, label: { kind: 'move', of: ['y'] }, way: 'undo', undoes: 2 },
});
const kept: KeptDraft = {
  ...keptOf(startSending(waiting), steps),
  conflicts: REASONS.map((reason) => ({ key: 'k9', changes: [change], reason })),
};

describe('what is kept on the device', () => {
  it('is read as it was written', () => {
    const read = parseKept(formatKept(kept));
    assert.ok(read);
    assert.equal(outlineOf(read.base), START);
    assert.deepEqual({ ...read, base: undefined }, { ...kept, base: undefined });
  });

  const json: unknown = JSON.parse(formatKept(kept));
  const text = JSON.stringify(json);
  for (const [name, wrong] of [
    ['no JSON', text.slice(1)],
    ['nothing', 'null'],
    ['another form', text.replace('"format":1', '"format":2')],
    ['no number', text.replace('"sequence":4', '"sequence":-4')],
    ['no tree', text.replace('"type":"box"', '"type":7')],
    ['no operation', text.replace(/\\"kind\\":\\"set\\"/, '\\"kind\\":\\"sit\\"')],
    ['a key that reaches the prototype', text.replace('"of":["x"]', '"__proto__":{"x":1}')],
    ['no reason', text.replace('"kind":"uncertain"', '"kind":"certain"')],
    ['no way', text.replace('"way":"redo"', '"way":"back"')],
    ['no side', text.replace('"side":"mine"', '"side":"hers"')],
    ['no code', text.replace('"code":"cycle"', '"code":"circle"')],
    ['no steps', text.replace('"undone":', '"undoing":')],
    ['no change of a step', text.replace('"taken-back"', '"taken"')],
    ['no wish to undo', text.replace('"undoes":2', '"undoes":"2"')],
    ['another key', text.replace('"key":"k9"', '"key":"k8"')],
  ] as const) {
    it(`is nothing where it has ${name}`, () => {
      assert.notEqual(wrong, text);
      assert.equal(parseKept(wrong), undefined);
    });
  }
});

describe('reasonOfProblem', () => {
  const conflict = {
    ...{ code: 'fields', ids: ['a'], operation: set('a', { x: 1 }), over: set('a', { x: 5 }) },
    fields: [{ name: 'x', base: 0, mine: 1, theirs: 5 }],
  };
  const clash = { widget: 'a', name: 'x', before: 0, mine: 1, theirs: 5 };
  const errors = [{ code: 'required', path: '/x', message: 'Fill this in.' }];
  const refusal = { code: 'slot-full', what: 'full', ids: ['a'] };
  const other = (code: string): ConflictReason => ({ kind: 'other', code, what: 'no' });
  for (const [code, details, expected] of [
    ['conflict', { conflict }, { kind: 'fields', fields: [clash], theirs: null }],
    ['conflict', { conflict: { ...conflict, code: 'quarrel' } }, other('conflict')],
    ['conflict', {}, other('conflict')],
    [
      'operation-refused',
      { refusal },
      { kind: 'refused', refusal: { ...refusal, parent: undefined, child: undefined, wrapper: undefined } },
    ],
    ['operation-refused', { refusal: 'no' }, other('operation-refused')],
    ['fields-invalid', { widget: 'a', errors }, { kind: 'invalid', widget: 'a', errors }],
    ['fields-invalid', { widget: 'a' }, other('fields-invalid')],
    ['not-permitted', { action: 'change' }, other('not-permitted')],
  ] as const) {
    it(`of ${code} with ${Object.keys(details).join(' and ') || 'nothing'} is ${expected.kind}`, () => {
      assert.deepEqual(reasonOfProblem({ code, detail: 'no', details }), expected);
    });
  }
});

describe('resumeCopy', () => {
  it('goes on where the tab was, and puts aside what was done since', () => {
    const copy = resumeCopy(kept, [heardOf(4), heardOf(5, set('b', { y: 5 }))]);
    assert.equal(stateOf(copy).shown, 'root(a{"x":1} b(c{"y":1}))');
    assert.equal(stateOf(copy).server, `4 ${START}`);
    assert.equal(changeToSend(copy)?.key, 'k1');
    assert.deepEqual([copy.heard.length, copy.conflicts.length, copy.isUnderWay], [1, REASONS.length, true]);
  });

  it('meets at once what was done since, where nothing was under way', () => {
    const quiet = { ...kept, isUnderWay: false, conflicts: [] };
    const copy = resumeCopy(quiet, [heardOf(5, set('b', { y: 5 })), heardOf(6, set('c', { y: 6 }))]);
    assert.deepEqual(stateOf(copy), {
      shown: 'root(a{"x":1} b{"y":5}(c{"y":6}))',
      server: '6 root(a{"x":0} b{"y":5}(c{"y":6}))',
      waiting: 'k1 u',
      conflicts: ['fields: k2'],
    });
  });

  it('has what does not fit its own base as a conflict', () => {
    const broken = { ...kept, conflicts: [], waiting: [{ ...change, operations: [set('gone', {})] }] };
    const copy = resumeCopy(broken, []);
    assert.deepEqual([stateOf(copy).conflicts, copy.isUnderWay], [['refused: k9'], false]);
  });
});

describe('rescueCopy', () => {
  const old = { ...kept, conflicts: [] };
  for (const [name, now, isUnderWay, expected] of [
    ['what goes together waits', 'root(b{"y":5}(c) a{"x":0})', false, ['k1 k2 u', []]],
    ['what does not is told', 'root(a{"x":7} b)', false, ['u', ['fields: k1', 'removed: k2']]],
    ['what was under way and is there is done', 'root(a{"x":1} b(c))', true, ['k2 u', []]],
    ['what was under way and is not there is told', START, true, ['k2 u', ['uncertain: k1']]],
    ['another root', 'other(a{"x":0})', false, ['k1 u', ['refused: k2']]],
  ] as const) {
    it(name, () => {
      const current = openCopy(90, copyOf(now).base);
      const copy = rescueCopy(current, { ...old, isUnderWay });
      const { waiting: keys, conflicts, server } = stateOf(copy);
      assert.deepEqual([keys, conflicts], expected);
      assert.equal(server, `90 ${now}`);
      assert.equal(copy.isUnderWay, false);
    });
  }

  it('keeps the conflicts of before', () => {
    assert.equal(rescueCopy(copyOf(START), kept).conflicts.length, REASONS.length + 1);
  });
});
