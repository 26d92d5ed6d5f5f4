import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createTree } from '../../tree/tree.ts';
import { createWidget } from '../../tree/widget.ts';
import {
  type FieldNow,
  followed,
  hasUnkept,
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

  it('is lost with the page where it could not be kept, and what it was typed into is still there', () => {
    const problem = { code: 'required', path: '/title' } as const;
    const wrong = typing('x', { problems: [problem] });
    const tree = createTree(createWidget({ id: 'a', type: 't' }));
    const cases: readonly [widget: string, field: TypedField, isLost: boolean][] = [
      ['a', typing('x'), false],
      ['a', wrong, true],
      ['gone', wrong, false],
      ['gone a', wrong, true],
    ];
    for (const [widget, field, isLost] of cases)
      assert.equal(hasUnkept(withTyped(new Map(), widget, 'title', field), tree), isLost, widget);
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
