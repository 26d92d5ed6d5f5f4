import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { treeOf } from '../../tree/outline-fixture.ts';
import { catalogueOf, TYPES } from '../../tree/rules/rules-fixture.ts';
import { moveTargets, placesInTarget } from './move-places.ts';

const rules = { catalogue: catalogueOf(TYPES), limits: { depth: 100 } };
const tree = treeOf('p/page(a(t/text u/text) b s/slideshow(x/slide y/slide) c/columns(left:l/column))');

describe('moveTargets', () => {
  it('lists the slots that take it, in the order of the page', () => {
    const found = moveTargets(tree, ['t'], rules).map(
      ({ key, level, isHere }) => `${key} ${level}${isHere ? ' here' : ''}`,
    );
    assert.deepEqual(found, ['p 1', 'a 2 here', 'b 2', 'x 3', 'y 3', 'l 3']);
  });

  it('lists nothing for what is never moved', () => {
    assert.deepEqual(moveTargets(tree, ['p'], rules), []);
  });
});

describe('placesInTarget', () => {
  const print = (ids: readonly string[], parent: string): readonly string[] => {
    const [target] = moveTargets(tree, ids, rules).filter(({ key }) => key === parent);
    assert.ok(target);
    return placesInTarget(tree, ids, target).map(
      ({ place, before, isHere }) =>
        `${place.parent} before ${before?.id ?? 'nothing'}${isHere ? ' here' : ''}`,
    );
  };
  it('has each gap once, and knows where it is', () => {
    assert.deepEqual(print(['t'], 'a'), ['a before u here', 'a before nothing']);
    assert.deepEqual(print(['u'], 'a'), ['a before t', 'a before nothing here']);
  });
  it('names none of several that are moved', () => {
    assert.deepEqual(print(['t', 'u'], 'a'), ['a before nothing']);
  });
  it('has one place where nothing is', () => {
    assert.deepEqual(print(['t'], 'b'), ['b before nothing']);
  });
});
