import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { TYPES } from '../../tree/rules/rules-fixture.ts';
import { describedTypes, sessionOf } from './commands-fixture.ts';
import { canUnwrap, possibleWrappers, unwrapWidget, wrapWidgets } from './wrap.ts';

describe('wrapping widgets', () => {
  it('offers the types that take them all and may stand there', () => {
    const cases: readonly [ids: readonly string[], types: readonly string[]][] = [
      [['a'], ['box', 'form']],
      [
        ['a', 'b'],
        ['box', 'form'],
      ],
      [
        ['b', 'a'],
        ['box', 'form'],
      ],
      [['in'], ['box']],
      [['a', 'f'], []],
      [['f'], ['box']],
      [['pic'], ['figure']],
      [['l'], []],
      [['page'], []],
      [['gone'], []],
    ];
    for (const [ids, types] of cases) {
      const session = sessionOf(
        'page/page(a/text b/text f/form(in/text) show/slideshow(s/slide(pic/image)) cols/columns(left:l/column))',
      );
      assert.deepEqual(
        possibleWrappers(session, ids).map(({ type }) => type),
        types,
        ids.join(),
      );
    }
  });

  it('offers nothing of a type that may not be added', () => {
    const types = describedTypes(TYPES, { box: { permissions: { add: false, change: true, delete: true } } });
    const session = sessionOf('page/page(a/text)', { data: { types } });
    assert.deepEqual(
      possibleWrappers(session, ['a']).map(({ type }) => type),
      ['form'],
    );
  });

  it('wraps several as one step, and selects the wrapper', () => {
    const session = sessionOf('page/page(a/text b/image c/text)');
    const done = wrapWidgets(session, ['b', 'a'], { type: 'box', slot: undefined });
    assert.deepEqual(done, { ok: true, ids: ['n1'] });
    assert.equal(session.outline(), 'page/page(n1(a/text b/image) c/text)');
    assert.equal(session.announcement.value, 'Wrapped Text and Image in Box');
    assert.equal(session.steps.length, 1);
  });

  it('refuses what does not stand side by side', () => {
    const session = sessionOf('page/page(a/text b/image c/text)');
    const done = wrapWidgets(session, ['a', 'c'], { type: 'box', slot: undefined });
    assert.equal(done.ok ? 'done' : done.refusal.code, 'not-side-by-side');
    assert.equal(session.announcement.value, 'Only widgets that stand side by side can be wrapped together.');
  });
});

describe('unwrapping a widget', () => {
  it('keeps what was in it, and selects that', () => {
    const session = sessionOf('page/page(x(a/text b/image) c/text)');
    assert.ok(canUnwrap(session, 'x'));
    assert.deepEqual(unwrapWidget(session, 'x'), { ok: true, ids: ['a', 'b'] });
    assert.equal(session.outline(), 'page/page(a/text b/image c/text)');
    assert.equal(session.announcement.value, 'Took away Box and kept what was in it');
  });

  it('is not offered where nothing is in it, or a rule is against it', () => {
    const session = sessionOf('page/page(x show/slideshow(s/slide(pic/image)) f/form(in/field))');
    for (const id of ['x', 'page', 's', 'f', 'in', 'gone']) assert.equal(canUnwrap(session, id), false, id);
    const done = unwrapWidget(session, 'f');
    assert.equal(done.ok ? 'done' : done.refusal.code, 'both-refuse');
  });
});
