import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sessionOf } from './commands-fixture.ts';
import { duplicateWidgets } from './duplicate.ts';

describe('duplicating widgets', () => {
  it('puts copies behind the originals, as one step, and selects them', () => {
    const cases: readonly [
      ids: readonly string[],
      outline: string,
      selected: readonly string[],
      said: string,
    ][] = [
      [['a'], 'page/page(a/text n1/text b(c/text) d/text)', ['n1'], 'Duplicated Text'],
      [['d'], 'page/page(a/text b(c/text) d/text n1/text)', ['n1'], 'Duplicated Text'],
      [['b'], 'page/page(a/text b(c/text) n1(n2/text) d/text)', ['n1'], 'Duplicated Box'],
      [
        ['b', 'a'],
        'page/page(a/text b(c/text) n1/text n2(n3/text) d/text)',
        ['n1', 'n2'],
        'Duplicated 2 widgets',
      ],
      [
        ['a', 'd'],
        'page/page(a/text n1/text b(c/text) d/text n2/text)',
        ['n1', 'n2'],
        'Duplicated 2 widgets',
      ],
      [
        ['c', 'd'],
        'page/page(a/text b(c/text n1/text) d/text n2/text)',
        ['n1', 'n2'],
        'Duplicated 2 widgets',
      ],
    ];
    for (const [ids, outline, selected, said] of cases) {
      const session = sessionOf('page/page(a/text b(c/text) d/text)');
      assert.deepEqual(duplicateWidgets(session, ids), { ok: true, ids: selected });
      assert.equal(session.outline(), outline);
      assert.deepEqual(session.selection.value.ids, selected);
      assert.equal(session.announcement.value, said);
      assert.equal(session.steps.length, 1);
    }
  });

  it('says which rule is against it', () => {
    const cases: readonly [id: string, code: string, said: string][] = [
      ['page', 'root-fixed', 'The outermost widget stays where it is.'],
      ['l', 'slot-full', 'Columns holds at most 1 widget in “left”.'],
    ];
    for (const [id, code, said] of cases) {
      const session = sessionOf('page/page(cols/columns(left:l/column))');
      const done = duplicateWidgets(session, [id]);
      assert.equal(done.ok ? 'done' : done.refusal.code, code);
      assert.equal(session.announcement.value, said);
    }
  });
});
