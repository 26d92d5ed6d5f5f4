import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Tree } from '../tree/tree.ts';
import { treeOf, widgets } from './pages-fixture.ts';
import { plainText } from './plain-text.ts';

describe('plain text', () => {
  const cases: readonly [name: string, tree: Tree, text: string][] = [
    [
      'of rich text',
      treeOf('text', { rich: '<p>a <b>b</b>c&amp;&lt;d&gt;</p><ul><li>e<li>f</ul>g<br>h' }),
      'a bc&<d>\ne\nf\ng\nh',
    ],
    ['without scripts', treeOf('text', { rich: '<p>a</p><script>evil()</script><style>x{}</style>' }), 'a'],
    ['with entities as text', treeOf('text', { rich: '&amp;lt;b&amp;gt;' }), '&lt;b&gt;'],
    [
      'of Markdown',
      treeOf('text', { markdown: '# A *b*\n\n[c](/d "e")\nf `g`\n\n```\nh\n```\n\n<i>j</i>' }),
      'A b\nc f g\nh\n<i>j</i>',
    ],
    [
      'of lists',
      treeOf('row', { cells: [{ cell: 'a' }, { cell: ' b  c ' }, 7, {}], colour: '#aabbcc' }),
      'a\nb c',
    ],
    ['of a line', treeOf('text', {}, 'Heading'), 'Heading'],
    ['of what has another shape than its field', treeOf('text', { rich: ['a'], markdown: 7 }), ''],
    ['of an unknown type', treeOf('gone', { text: 'a' }), ''],
    ['without what no database keeps', treeOf('text', { rich: 'a\0b \ud800c' }), 'a b \ufffdc'],
  ];
  for (const [name, tree, text] of cases) it(name, () => assert.equal(plainText(tree, widgets), text));

  it('is bounded', () => {
    assert.equal(plainText(treeOf('text', { rich: 'abc<br>def<br>ghi' }), widgets, 6), 'abc\nde');
  });
});
