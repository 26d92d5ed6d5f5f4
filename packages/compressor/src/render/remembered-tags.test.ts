import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { block } from './block-fixture.ts';
import type { TemplateBlock } from './block-renderer.ts';
import { RememberedTags } from './remembered-tags.ts';
import { RequestValues } from './request-values.ts';
import { TagText } from './tag-text.ts';

/** Remembered tags, and how often tags were made. */
function setUp(isLasting = true) {
  const remembered = new RememberedTags();
  const made: TemplateBlock[] = [];
  return {
    remembered,
    made,
    render: (given: TemplateBlock) =>
      remembered.render(given, RequestValues.none, (wanted) => {
        made.push(wanted);
        return { tags: new TagText([`<${made.length}>`], '/'), isLasting };
      }),
  };
}

describe('remembered tags', () => {
  const base = block('css', 'x', 'file', 'a', { media: 'print' });
  const others: readonly [name: string, other: TemplateBlock][] = [
    ['kind', { ...base, kind: 'js' }],
    ['mode', { ...base, mode: 'preload' }],
    ['name', { ...base, name: undefined }],
    ['markup', { ...base, markup: 'y' }],
    ['attributes', { ...base, attributes: { media: 'screen' } }],
    ['number of attributes', { ...base, attributes: { media: 'print', blocking: 'render' } }],
    ['names of attributes', { ...base, attributes: { crossorigin: 'print' } }],
  ];
  for (const [name, other] of others) {
    it(`are told apart by their ${name}`, () => {
      const { render } = setUp();
      assert.deepEqual(
        [render(base), render(other), render(base), render(other)],
        ['<1>', '<2>', '<1>', '<2>'],
      );
    });
  }

  it('are the same for equal attributes, wherever the block stands', () => {
    const { render } = setUp();
    render(base);
    const place = { file: 'other.liquid', line: 1, column: 1 };
    assert.equal(render({ ...base, attributes: { ...base.attributes }, place }), '<1>');
  });

  it('are made again after a change, and while they do not last', () => {
    const { render, remembered, made } = setUp();
    render(base);
    remembered.forget();
    render(base);
    assert.equal(made.length, 2);
    const fleeting = setUp(false);
    fleeting.render(base);
    fleeting.render(base);
    assert.equal(fleeting.made.length, 2);
  });

  it('are not remembered if sources changed while they were made', async () => {
    const remembered = new RememberedTags();
    const render = () =>
      remembered.render(base, RequestValues.none, async () => {
        remembered.forget();
        return { tags: new TagText(['old'], '/'), isLasting: true };
      });
    await render();
    assert.notEqual(typeof render(), 'string');
  });

  it('are remembered for 20 different tags around one markup', () => {
    const { render, made } = setUp();
    const named = (number: number) => render({ ...base, name: `n${number}` });
    for (let number = 0; number < 21; number += 1) named(number);
    for (let number = 1; number < 21; number += 1) named(number);
    assert.equal(made.length, 21);
    named(0);
    assert.equal(made.length, 22);
  });
});
