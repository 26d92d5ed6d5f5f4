import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { DEFAULT_LIMITS } from '../../tree/limits.ts';
import { outlineOf, widgetOf } from '../../tree/outline-fixture.ts';
import { createTree } from '../../tree/tree.ts';
import { formatCopied, parseCopied } from './clipboard-text.ts';

const origin = 'https://example.org/admin';
const references = { 'widgy:page/42': 'Prices' };
const copied = { origin, references, widgets: [widgetOf('a/text{"text":"Hi\\n{}"}'), widgetOf('b(left:c)')] };
const outlines = (text: string) => {
  const read = parseCopied(text, DEFAULT_LIMITS);
  return read.ok ? read.copied.widgets.map((widget) => outlineOf(createTree(widget))) : read.reason;
};

describe('widgets as a text', () => {
  it('are read as they were written, with a line for people before them', () => {
    const text = formatCopied(copied, 'Widgy: Text and Box');
    assert.match(text, /^Widgy: Text and Box\n\{"widgy":1,/);
    assert.deepEqual(parseCopied(text, DEFAULT_LIMITS), { ok: true, copied });
  });

  it('leave out the slot that they stood in', () => {
    const text = formatCopied(
      { ...copied, widgets: [widgetOf('a(left:b)').children[0] ?? assert.fail()] },
      'x',
    );
    assert.deepEqual(outlines(text), ['b']);
  });

  it('are found behind other lines and without any, and with space after them', () => {
    const text = formatCopied(copied, 'x');
    const bare = text.slice(text.indexOf('\n') + 1);
    for (const each of [bare, `On Monday Ann wrote:\n\n${text}`, `${text}\r\n \n`]) {
      assert.deepEqual(outlines(each), ['a/text{"text":"Hi\\n{}"}', 'b(left:c)'], each);
    }
  });

  it('are told from other texts, and from what is not right', () => {
    const widgets = (list: unknown, rest: object = {}) =>
      JSON.stringify({ widgy: 1, origin, references: {}, widgets: list, ...rest });
    const cases: readonly [text: string, reason: string][] = [
      ['', 'nothing'],
      ['{"a":1}', 'nothing'],
      ['see {"widgy":1', 'nothing'],
      ['{"widgy":1', 'unreadable'],
      ['{"widgy":1}', 'unreadable'],
      [widgets([]), 'unreadable'],
      [widgets('a'), 'unreadable'],
      [widgets([{ id: 'a', type: 'text' }], { widgy: 2 }), 'unreadable'],
      [widgets([{ id: 'a', type: 'text' }], { origin: 1 }), 'unreadable'],
      [widgets([{ id: 'a', type: 'text', extra: 1 }]), 'unreadable'],
      [widgets([{ id: 'a', type: 'text', slot: 'left' }]), 'unreadable'],
      [
        '{"widgy":1,"origin":"","references":{},"widgets":[{"id":"a","type":"t","fields":{"__proto__":1}}]}',
        'unreadable',
      ],
    ];
    for (const [text, reason] of cases) assert.deepEqual(outlines(text), reason, text);
  });

  it('are refused where they are larger than a tree may be', () => {
    const text = formatCopied(copied, 'x');
    assert.deepEqual(parseCopied(text, { ...DEFAULT_LIMITS, bytes: 100 }), { ok: false, reason: 'tooLarge' });
    assert.deepEqual(parseCopied(text, { ...DEFAULT_LIMITS, depth: 1 }), { ok: false, reason: 'unreadable' });
  });

  it('name only what is a reference, by a text', () => {
    const odd = { 'widgy:page/42': 'Prices', 'widgy:page/1': 7, 'javascript:x': 'X' };
    const text = JSON.stringify({ widgy: 1, origin, references: odd, widgets: [{ id: 'a', type: 't' }] });
    const read = parseCopied(text, DEFAULT_LIMITS);
    assert.deepEqual(read.ok && read.copied.references, references);
  });
});
