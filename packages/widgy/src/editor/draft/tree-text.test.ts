import assert from 'node:assert/strict';
import { it } from 'node:test';
import fc from 'fast-check';
import { formatTree } from '../../tree/format.ts';
import { afterAll, counter, randomIntent, randomTree, SEED } from '../../tree/random-fixture.ts';
import { treeText } from './tree-text.ts';

it('is the canonical JSON of a tree, and of one that shares much with it', () => {
  fc.assert(
    fc.property(randomTree(), fc.array(randomIntent, { maxLength: 5 }), (tree, intents) => {
      assert.equal(treeText(tree), formatTree(tree));
      const after = afterAll(tree, intents, counter('n'));
      assert.equal(treeText(after), formatTree(after));
    }),
    { seed: SEED },
  );
});
