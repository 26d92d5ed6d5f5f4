import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { sessionOf } from './commands-fixture.ts';
import { mayMove, moveToward, moveWidgets, moveWrapped } from './move.ts';

describe('moveWidgets', () => {
  it('moves the topmost of what is selected as one step, in their order', () => {
    const session = sessionOf('p/page(a(t/text) b/text c/text d)');
    const done = moveWidgets(session, ['c', 't', 'a'], { parent: 'd' });
    assert.deepEqual(done, { ok: true, ids: ['a', 'c'] });
    assert.equal(session.outline(), 'p/page(b/text d(a(t/text) c/text))');
    assert.equal(session.steps.length, 1);
    assert.deepEqual(session.steps[0]?.label, { kind: 'move', count: 2 });
    assert.deepEqual(session.selection.value.ids, ['a', 'c']);
    assert.equal(session.announcement.value, 'Moved 2 widgets to Box');
  });

  it('takes a place that is named by what is moved', () => {
    const session = sessionOf('p/page(a/text b/text c/text)');
    assert.equal(moveWidgets(session, ['a', 'b'], { parent: 'p', before: 'b' }).ok, true);
    assert.equal(session.outline(), 'p/page(a/text b/text c/text)');
  });

  it('says where a widget is then', () => {
    const session = sessionOf('p/page(a/text b(t/text) c/columns(left:l/column))');
    moveWidgets(session, ['a'], { parent: 'b' });
    assert.equal(session.announcement.value, 'Moved Text to 2 of 2 in Box');
    assert.deepEqual(session.steps[0]?.label, { kind: 'move', what: 'Text' });
  });

  it('names the slot', () => {
    const session = sessionOf('p/page(c/columns(left:l/column) d/columns(left:m/column right:n/column))');
    moveWidgets(session, ['n'], { parent: 'c', slot: 'right' });
    assert.equal(session.announcement.value, 'Moved Column to 1 of 1 in Right of Columns');
  });

  it('refuses all of it with the rule, and the type that could stand between', () => {
    const session = sessionOf('p/page(s/slideshow(x/slide y/slide) t/text)');
    const before = session.tree.value;
    const done = moveWidgets(session, ['t', 'y'], { parent: 'p', before: 's' });
    assert.ok(!done.ok && 'wrapper' in done.refusal);
    assert.equal(done.refusal.code, 'both-refuse');
    assert.deepEqual(done.refusal.wrapper, { type: 'slideshow', label: 'Slideshow', slot: undefined });
    assert.equal(session.tree.value, before);
    assert.match(session.announcement.value, /Page does not take Slide/);
  });
});

describe('moveWrapped', () => {
  it('puts the wrapper there and the widget into it, as one step', () => {
    const session = sessionOf('p/page(s/slideshow(x/slide y/slide) t/text)');
    const wrapper = { type: 'box', label: 'Box', slot: undefined };
    assert.equal(moveWrapped(session, ['t'], { parent: 'p', before: 's' }, wrapper).ok, true);
    assert.equal(session.outline(), 'p/page(n1(t/text) s/slideshow(x/slide y/slide))');
    assert.equal(session.steps.length, 1);
  });
});

describe('moveToward', () => {
  const cases = [
    ['up', 'Text cannot go further up.'],
    ['down', 'Text cannot go further down.'],
    ['out', 'Text cannot go further out.'],
    ['in', 'There is nothing before Text that it could go into.'],
  ] as const;
  for (const [direction, said] of cases) {
    it(`says that it cannot go ${direction}`, () => {
      const session = sessionOf('p/page(t/text)');
      moveToward(session, ['t'], direction);
      assert.equal(session.announcement.value, said);
      assert.equal(session.steps.length, 0);
    });
  }

  it('moves to the next legal place', () => {
    const session = sessionOf('p/page(a b(t/text))');
    moveToward(session, ['t'], 'up');
    assert.equal(session.outline(), 'p/page(a(t/text) b)');
    assert.equal(session.announcement.value, 'Moved Text to 1 of 1 in Box');
  });
});

describe('mayMove', () => {
  const cases: readonly [ids: string, expected: boolean][] = [
    ['t', true],
    ['t b', true],
    ['p', false],
    ['k', false],
    ['o', false],
    ['t k', false],
    ['gone', false],
  ];
  for (const [ids, expected] of cases) {
    it(ids, () => {
      const session = sessionOf('p/page(t/text b k/banner o/old)');
      assert.equal(mayMove(session, ids.split(' ')), expected);
    });
  }

  it('not for who may not edit', () => {
    const session = sessionOf('p/page(t/text)', { data: { mayEdit: false } });
    assert.equal(mayMove(session, ['t']), false);
  });
});
