import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { randomTree, SEED } from '../../tree/random-fixture.ts';
import { TYPES } from '../../tree/rules/rules-fixture.ts';
import type { Place } from '../../tree/tree.ts';
import { walk } from '../../tree/widget.ts';
import { describedTypes, sessionOf } from '../commands/commands-fixture.ts';
import { insertWidget, insertWrapped } from '../commands/insert.ts';
import { sentenceOf } from '../commands/refusal.ts';
import { offersAt } from './offers.ts';

const PAGE =
  'page/page(a/text f/form(in/text) show/slideshow(s/slide) full/slideshow(t/slide u/slide) cols/columns(left:l/column))';

describe('what the picker offers', () => {
  it('is what may stand at the place, in the order of the labels', () => {
    const cases: readonly [at: Place, types: string][] = [
      [{ parent: 'page' }, 'banner box columns form image slideshow text'],
      [{ parent: 'page', before: 'a' }, 'banner box columns form image slideshow text'],
      [{ parent: 'f' }, 'banner box field slideshow text'],
      [{ parent: 's' }, 'figure text'],
      [{ parent: 'show' }, 'slide'],
      [{ parent: 'full' }, ''],
      [{ parent: 'cols', slot: 'left' }, ''],
      [{ parent: 'cols', slot: 'right' }, 'column'],
      [{ parent: 'cols' }, ''],
      [{ parent: 'a' }, ''],
      [{ parent: 'gone' }, ''],
    ];
    for (const [at, types] of cases) {
      const session = sessionOf(PAGE);
      const { offered, others } = offersAt(session, at);
      assert.equal(offered.map(({ type }) => type.type).join(' '), types, JSON.stringify(at));
      assert.equal(offered.length + others.length, TYPES.length);
      for (const { type } of offered) assert.ok(insertWidget(sessionOf(PAGE), type.type, at).ok, type.type);
      for (const { type } of others) assert.ok(!insertWidget(sessionOf(PAGE), type.type, at).ok, type.type);
    }
  });

  it('says why not, and which type could stand between', () => {
    const cases: readonly [at: Place, type: string, said: string, wrapper?: string][] = [
      [{ parent: 'page' }, 'field', 'Page does not take Field, and Field does not stand in Page.', 'form'],
      [{ parent: 'f' }, 'form', 'Form cannot stand in another of its type.'],
      [{ parent: 'full' }, 'slide', 'Slideshow holds at most 2 widgets.'],
      [{ parent: 's' }, 'image', 'Image does not stand in Slide.', 'figure'],
      [{ parent: 'page' }, 'page', 'Page does not take Page.'],
      [{ parent: 'a' }, 'text', 'Text does not take Text.'],
    ];
    for (const [at, type, said, wrapper] of cases) {
      const session = sessionOf(PAGE);
      const found = offersAt(session, at).others.find((other) => other.type.type === type);
      assert.ok(found, type);
      assert.equal(sentenceOf(found.refusal, session), said);
      assert.equal(found.wrapper?.type, wrapper);
      if (found.wrapper) assert.ok(insertWrapped(session, type, found.wrapper, at).ok);
    }
  });

  it('is not what somebody may not add, nor a wrapper that they may not', () => {
    const no = { permissions: { add: false, change: true, delete: true } };
    const types = describedTypes(TYPES, { slide: no, image: no, form: no });
    const { offered, others } = offersAt(sessionOf(PAGE, { data: { types } }), { parent: 'page' });
    assert.equal(offered.map(({ type }) => type.type).join(' '), 'banner box columns text');
    const codes = Object.fromEntries(others.map(({ type, refusal }) => [type.type, refusal.code]));
    assert.equal(codes.image, 'not-permitted');
    assert.equal(codes.slideshow, 'not-permitted');
    assert.equal(others.find(({ type }) => type.type === 'field')?.wrapper, undefined);
  });

  it('is just what can be added, in any tree', () => {
    fc.assert(
      fc.property(
        randomTree(20),
        fc.nat(40),
        fc.constantFrom(undefined, 'left', 'right'),
        (tree, at, slot) => {
          const ids = Array.from(walk(tree.root), ({ id }) => id);
          const parent = ids[at % ids.length] ?? '';
          const place = { parent, slot };
          const { offered, others } = offersAt(sessionOf(tree), place);
          for (const { type } of offered) assert.ok(insertWidget(sessionOf(tree), type.type, place).ok);
          for (const { type } of others) assert.ok(!insertWidget(sessionOf(tree), type.type, place).ok);
        },
      ),
      { seed: SEED, numRuns: 50 },
    );
  });
});
