import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { treeOf } from '../../tree/outline-fixture.ts';
import { TYPES } from '../../tree/rules/rules-fixture.ts';
import type { FieldDescription } from '../../widgets/fields/description.ts';
import { describedTypes } from '../commands/commands-fixture.ts';
import { lostLinksIn, withLost, withoutSet } from './lost-links.ts';

const field = (name: string, kind: string): FieldDescription => ({
  ...{ name, kind, label: name, isRequired: false, isNullable: false, default: '', shape: 'text' },
});
const LINK: FieldDescription = { ...field('link', 'link'), takesReferences: true };
const LIST: FieldDescription = {
  ...{ ...field('items', 'list'), shape: 'list', newItem: {}, default: [] },
  fields: [LINK],
};
const fields = [field('title', 'text'), field('text', 'rich-text'), LINK, LIST];
const types = describedTypes(TYPES, { text: { fields } });

describe('links that lead nowhere', () => {
  it('are found in what a page came with: those that the server knows no name of, in fields that hold links', () => {
    const { root } = treeOf(
      'page/page(a/text{"link":"widgy:page/1","title":"widgy:page/9","text":"<a href=widgy:page/9>"} b/box(c/text{"items":[{"link":"widgy:page/8"}]}))',
    );
    const lost = lostLinksIn(root, { types, referenceLabels: { 'widgy:page/1': 'Prices' } });
    assert.deepEqual(
      lost,
      new Map([
        ['a', new Set(['text'])],
        ['c', new Set(['items'])],
      ]),
    );
    assert.equal(lostLinksIn(root, { types, referenceLabels: {} }).get('a')?.size, 2);
  });

  it('are told until somebody sets the field', () => {
    const lost = withLost(withLost(new Map(), [{ widget: 'a', field: 'x' }]), [
      { widget: 'a', field: 'y' },
      { widget: 'b', field: 'x' },
    ]);
    const set = (id: string, names: readonly string[], unset: readonly string[] = []) => ({
      ...({ kind: 'set', id, unset } as const),
      fields: Object.fromEntries(names.map((name) => [name, ''])),
    });
    assert.equal(withoutSet(lost, [set('a', ['z']), set('c', ['x']), { kind: 'remove', id: 'a' }]), lost);
    assert.deepEqual(withoutSet(lost, [set('a', ['x'])]).get('a'), new Set(['y']));
    assert.deepEqual(withoutSet(lost, [set('a', ['x'], ['y'])]).get('a'), new Set());
    assert.deepEqual(lost.get('a'), new Set(['x', 'y']));
  });
});
