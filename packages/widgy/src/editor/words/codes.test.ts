import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DEFAULT_LIMITS } from '../../tree/limits.ts';
import type { Operation } from '../../tree/operation.ts';
import { treeOf } from '../../tree/outline-fixture.ts';
import { checkOperation } from '../../tree/rules/check-operation.ts';
import { catalogueOf, TYPES } from '../../tree/rules/rules-fixture.ts';
import { createWidget } from '../../tree/widget.ts';
import { namesOf } from './codes.ts';
import { de } from './de/index.ts';
import { en } from './en/index.ts';

const catalogue = catalogueOf(TYPES);
const tree = treeOf(
  'p/page(show/slideshow(one/slide two/slide) c/columns(left:l/column) b/banner lone/slideshow(only/slide))',
);
const insert = (type: string, parent: string, slot?: string): Operation => {
  return { kind: 'insert', widget: createWidget({ id: 'new', type }), at: { parent, slot } };
};

describe('the names in a refusal', () => {
  const cases: readonly (readonly [operation: Operation, english: string, german: string])[] = [
    [
      insert('slide', 'show'),
      'Slideshow holds at most 2 widgets.',
      '„Slideshow“ nimmt höchstens 2 Widgets auf.',
    ],
    [
      { kind: 'remove', id: 'only' },
      'Slideshow needs at least 1 widget.',
      '„Slideshow“ braucht mindestens 1 Widget.',
    ],
    [
      { kind: 'remove', id: 'l' },
      'Columns needs at least 1 widget in “left”.',
      '„Columns“ braucht im Bereich „left“ mindestens 1 Widget.',
    ],
    [insert('text', 'show'), 'Slideshow does not take Text.', '„Slideshow“ nimmt „Text“ nicht auf.'],
    [
      insert('column', 'c', 'middle'),
      'Columns has no slot “middle”.',
      '„Columns“ hat keinen Bereich „middle“.',
    ],
    [
      insert('column', 'c'),
      'Columns holds widgets only in its slots.',
      '„Columns“ nimmt Widgets nur in Bereichen auf.',
    ],
    [{ kind: 'remove', id: 'b' }, 'Banner cannot be deleted.', '„Banner“ kann nicht gelöscht werden.'],
    [
      { kind: 'remove', id: 'p' },
      'The outermost widget stays where it is.',
      'Das äußerste Widget bleibt, wo es ist.',
    ],
  ];
  for (const [operation, english, german] of cases) {
    it(`are those of the rule that refused: ${english}`, () => {
      const checked = checkOperation(tree, operation, catalogue);
      assert.ok(!checked.ok);
      const names = namesOf(checked.refusal, catalogue);
      assert.deepEqual([en.errors.refusal(names), de.errors.refusal(names)], [english, german]);
    });
  }

  it('have the limits of trees where they are given', () => {
    const operation = insert('text', 'one');
    for (const [limits, limited, unlimited] of [
      [{ ...DEFAULT_LIMITS, depth: 3 }, 'More than 3 widgets cannot', 'So many widgets cannot'],
      [{ ...DEFAULT_LIMITS, widgets: 9 }, 'more than 9 widgets', 'too many widgets'],
    ] as const) {
      const checked = checkOperation(tree, operation, catalogue, limits);
      assert.ok(!checked.ok);
      const { refusal } = checked;
      assert.ok(en.errors.refusal(namesOf(refusal, catalogue, limits)).includes(limited), refusal.code);
      assert.ok(en.errors.refusal(namesOf(refusal, catalogue)).includes(unlimited), refusal.code);
    }
  });
});
