import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DEFAULT_LIMITS } from '../../tree/limits.ts';
import { counter } from '../../tree/random-fixture.ts';
import { acknowledge } from './acknowledge.ts';
import { BOXES, copyOf, set, stateOf } from './copy-fixture.ts';
import { type DraftCopy, startSending } from './draft-copy.ts';
import {
  forgetLost,
  MAX_STEPS,
  NO_STEPS,
  nextRedo,
  nextUndo,
  numberChange,
  recordStep,
  type Steps,
  undone,
} from './steps.ts';
import { redoStep, type TurnedRound, undoStep } from './turn-round.ts';

const label = { kind: 'set', widget: 'Heading' };
const options = () => ({ catalogue: BOXES, limits: DEFAULT_LIMITS, newKey: counter('new') });

/** Steps of one change each, under the keys `k1`, `k2`… */
function stepsOf(count: number): Steps {
  let steps = NO_STEPS;
  for (let number = 1; number <= count; number++)
    steps = recordStep(steps, { number, label, key: `k${number}` });
  return steps;
}

function done(turned: TurnedRound) {
  assert.ok(turned.kind === 'done', turned.kind);
  return turned;
}

function acknowledged(
  copy: DraftCopy,
  steps: Steps,
  sequence: number,
  ...operations: Parameters<typeof set>[]
) {
  const sent = startSending(copy);
  const key = sent.waiting[0]?.key ?? '';
  const answer = { key, sequence, operations: operations.map((each) => set(...each)) };
  return { copy: acknowledge(sent, answer), steps: numberChange(steps, key, sequence) };
}

describe('steps', () => {
  it('has changes of one step together, each once', () => {
    const again = recordStep(stepsOf(2), { number: 2, label, key: 'k2' });
    const more = recordStep(again, { number: 2, label: { kind: 'many' }, key: 'k3' });
    assert.equal(more.done.length, 2);
    assert.deepEqual(nextUndo(more), {
      number: 2,
      label: { kind: 'many' },
      changes: [
        { kind: 'waiting', key: 'k2' },
        { kind: 'waiting', key: 'k3' },
      ],
    });
  });

  it('cannot redo what was undone before something new', () => {
    const back = undone(stepsOf(2), [{ kind: 'done', sequence: 9 }]);
    assert.equal(nextRedo(back)?.number, 2);
    assert.equal(nextRedo(recordStep(back, { number: 3, label, key: 'k3' })), undefined);
  });

  it(`keeps the newest ${MAX_STEPS}`, () => {
    assert.ok(MAX_STEPS >= 200);
    const { done: kept } = stepsOf(MAX_STEPS + 10);
    assert.deepEqual([kept.length, kept[0]?.number], [MAX_STEPS, 11]);
  });

  it('forgets what did nothing, and what became a conflict', () => {
    const steps = stepsOf(3);
    assert.deepEqual(
      numberChange(steps, 'k2', null).done.map(({ number }) => number),
      [1, 3],
    );
    const numbered = numberChange(steps, 'k1', 5);
    assert.deepEqual(
      forgetLost(numbered, [{ key: 'k3' }]).done.map(({ number }) => number),
      [1, 3],
    );
  });
});

describe('undoing and redoing', () => {
  const START = 'root(a{"x":0})';
  const waiting = copyOf(START, [set('a', { x: 1 })], [set('a', { x: 2 })]);

  it('takes back here what was not sent, and does it again', () => {
    const back = done(undoStep(waiting, stepsOf(2), options()));
    assert.deepEqual([stateOf(back.copy).shown, stateOf(back.copy).waiting], ['root(a{"x":1})', 'k1']);
    const again = done(redoStep(back.copy, back.steps, options()));
    assert.deepEqual([stateOf(again.copy).shown, stateOf(again.copy).waiting], ['root(a{"x":2})', 'k1 new0']);
    assert.deepEqual(
      again.steps.done.map(({ number }) => number),
      [1, 2],
    );
    assert.equal(nextRedo(again.steps), undefined);
  });

  it('asks the server to undo what it has, and to undo the undo', () => {
    const first = acknowledged(copyOf(START, [set('a', { x: 1 })]), stepsOf(1), 5, ['a', { x: 1 }]);
    const back = done(undoStep(first.copy, first.steps, options()));
    assert.deepEqual(back.copy.waiting, [
      { kind: 'undo', key: 'new0', step: 1, label, way: 'undo', undoes: 5 },
    ]);
    assert.equal(stateOf(back.copy).shown, 'root(a{"x":1})');
    const gone = acknowledged(back.copy, back.steps, 6, ['a', { x: 0 }]);
    assert.equal(stateOf(gone.copy).shown, START);
    const again = done(redoStep(gone.copy, gone.steps, { ...options(), newKey: counter('redo') }));
    assert.deepEqual(again.copy.waiting, [
      { kind: 'undo', key: 'redo0', step: 1, label, way: 'redo', undoes: 6 },
    ]);
    const here = acknowledged(again.copy, again.steps, 7, ['a', { x: 1 }]);
    assert.deepEqual(nextUndo(here.steps)?.changes, [{ kind: 'done', sequence: 7 }]);
  });

  it('takes a wish to undo back that was not sent', () => {
    const first = acknowledged(copyOf(START, [set('a', { x: 1 })]), stepsOf(1), 5, ['a', { x: 1 }]);
    const back = done(undoStep(first.copy, first.steps, options()));
    const again = done(redoStep(back.copy, back.steps, options()));
    assert.deepEqual([again.copy.waiting, again.steps], [[], first.steps]);
  });

  for (const [name, turned, kind] of [
    ['nothing was done', undoStep(waiting, NO_STEPS, options()), 'nothing'],
    ['nothing was undone', redoStep(waiting, stepsOf(2), options()), 'nothing'],
    ['its change is under way', undoStep(startSending(waiting), stepsOf(1), options()), 'under-way'],
    ['what waits since needs it', undoStep(waiting, stepsOf(1), options()), 'needed'],
    [
      'a rule is against doing it again',
      redoStep(
        waiting,
        undone(stepsOf(2), [{ kind: 'taken-back', operations: [{ kind: 'remove', id: 'root' }] }]),
        options(),
      ),
      'refused',
    ],
  ] as const) {
    it(`does nothing where ${name}`, () => assert.equal(turned.kind, kind));
  }
});
