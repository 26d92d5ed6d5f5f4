import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  type FieldNow,
  followed,
  isHeld,
  type TypedField,
  typedAt,
  withoutTyped,
  withTyped,
} from './typed.ts';

const typing = (text: string, more: Partial<TypedField> = {}): TypedField => ({
  entry: { kind: 'text', text },
  base: text,
  isAcknowledged: false,
  problems: [],
  ...more,
});

describe('what is typed', () => {
  it('is there until it is taken away', () => {
    const one = withTyped(new Map(), 'a', 'title', typing('x'));
    const two = withTyped(one, 'a', 'text', typing('y'));
    assert.deepEqual(typedAt(two, 'a', 'title'), typing('x'));
    assert.equal(typedAt(two, 'b', 'title'), undefined);
    assert.equal(typedAt(two, 'a', 'toString'), undefined);
    const left = withoutTyped(two, 'a', 'title');
    assert.equal(typedAt(left, 'a', 'title'), undefined);
    assert.deepEqual(typedAt(two, 'a', 'title'), typing('x'));
    assert.equal(withoutTyped(left, 'a', 'text').size, 0);
    assert.equal(withoutTyped(left, 'a', 'nothing'), left);
  });

  it('is held while it is nowhere else', () => {
    const problem = { code: 'required', path: '/title' } as const;
    assert.equal(isHeld(typing('x'), 'x'), false);
    assert.equal(isHeld(typing('x'), 'theirs'), true);
    assert.equal(isHeld(typing('x', { problems: [problem] }), 'x'), true);
  });
});

describe('what was typed follows the trees', () => {
  const now = (more: Partial<FieldNow>): FieldNow => ({
    shown: 'mine',
    acknowledged: 'before',
    hasConflict: false,
    meant: 'mine',
    ...more,
  });
  const acknowledged = typing('mine', { isAcknowledged: true });
  const cases: readonly [what: string, before: TypedField, now: FieldNow, after: TypedField][] = [
    ['nothing is new', typing('mine'), now({}), typing('mine')],
    ['the server has it', typing('mine'), now({ acknowledged: 'mine' }), acknowledged],
    [
      'the server made something of it',
      typing('mine'),
      now({ shown: 'clean', acknowledged: 'clean' }),
      typing('mine', { base: 'clean', isAcknowledged: true }),
    ],
    [
      'somebody else changed it before the server had mine',
      typing('mine'),
      now({ shown: 'theirs', acknowledged: 'theirs', hasConflict: true }),
      typing('mine'),
    ],
    [
      'somebody else changed it after the server had mine',
      acknowledged,
      now({ shown: 'theirs', acknowledged: 'theirs' }),
      acknowledged,
    ],
    [
      'somebody else wrote the same',
      typing('mine', { base: 'before', isAcknowledged: true }),
      now({ acknowledged: 'mine' }),
      acknowledged,
    ],
  ];
  for (const [what, before, at, after] of cases)
    it(`where ${what}`, () => assert.deepEqual(followed(before, at), after));
});
