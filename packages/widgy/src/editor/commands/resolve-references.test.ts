import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { createWidget } from '../../tree/widget.ts';
import { referencesIn, withReferences } from '../session/references.ts';
import { type NamedTarget, resolveReferences } from './resolve-references.ts';

const inner = createWidget({
  id: 'b',
  type: 't',
  fields: { items: [{ url: 'widgy:media/m_1', n: 1 }, null] },
});
const widget = createWidget({
  id: 'a',
  type: 't',
  fields: {
    link: 'widgy:page/42',
    html: '<a href="widgy:page/42">a</a> <img src="widgy:media/x"> widgy:/ widgy:page/',
    markdown: 'See [it](widgy:shop/product/7).',
  },
  children: [inner],
});

describe('references', () => {
  it('are found wherever they stand in fields, once each', () => {
    assert.deepEqual(referencesIn([widget, inner]), [
      'widgy:page/42',
      'widgy:media/x',
      'widgy:shop/product/7',
      'widgy:media/m_1',
    ]);
  });

  it('are replaced wherever they stand, and never those that only begin alike', () => {
    const others = new Map([
      ['widgy:page/42', 'widgy:page/9'],
      ['widgy:media/m_1', 'widgy:media/m'],
      ['widgy:media/', 'never'],
    ]);
    const changed = withReferences(widget, others);
    assert.deepEqual(changed.fields.link, 'widgy:page/9');
    assert.match(String(changed.fields.html), /^<a href="widgy:page\/9">a<\/a> <img src="widgy:media\/x">/);
    assert.deepEqual(changed.children[0]?.fields, { items: [{ url: 'widgy:media/m', n: 1 }, null] });
    assert.equal(withReferences(widget, new Map()), widget);
    const longer = createWidget({ id: 'c', type: 't', fields: { link: 'widgy:page/421' } });
    assert.deepEqual(withReferences(longer, others).fields, longer.fields);
  });
});

describe('references in pasted widgets', () => {
  const here = 'https://example.org/admin';
  const there = 'https://other.example/admin';
  const pages: readonly NamedTarget[] = [
    { id: '42', label: 'Prices' },
    { id: '50', label: 'About' },
    { id: '51', label: 'News' },
    { id: '52', label: 'News' },
  ];
  const resolve = async (
    { origin, id, label }: { origin: string; id: string; label?: string },
    { known = {}, isReached = true }: { known?: Record<string, string>; isReached?: boolean } = {},
  ) => {
    const asked: string[] = [];
    const reference = `widgy:page/${id}`;
    const link = createWidget({ id: 'a', type: 't', fields: { link: reference } });
    const references = label === undefined ? {} : { [reference]: label };
    const resolved = await resolveReferences(
      { origin, widgets: [link], references },
      {
        origin: here,
        known,
        search: async (type, text) => {
          asked.push(`${type} ${text}`);
          return isReached ? pages.filter((page) => page.label.includes(text)) : undefined;
        },
      },
    );
    return { to: resolved.replaced.get(reference), isLost: resolved.unresolved.length > 0, asked };
  };

  it('lead where they did, or to what is called the same, or are told', async () => {
    const cases: readonly [
      Parameters<typeof resolve>,
      to: string | undefined,
      isLost: boolean,
      asked: number,
    ][] = [
      [[{ origin: here, id: '42' }, { known: { 'widgy:page/42': 'Prices' } }], undefined, false, 0],
      [[{ origin: here, id: '42', label: 'Prices' }], undefined, false, 1],
      [[{ origin: here, id: '42' }], undefined, false, 1],
      [[{ origin: here, id: '42', label: 'Old prices' }], undefined, false, 2],
      [[{ origin: here, id: '7', label: 'Prices' }], undefined, true, 2],
      [[{ origin: here, id: '7' }, { isReached: false }], undefined, false, 1],
      [[{ origin: there, id: '42', label: 'Prices' }], undefined, false, 1],
      [[{ origin: there, id: '42', label: 'About' }], 'widgy:page/50', false, 1],
      [[{ origin: there, id: '7', label: 'Prices' }], 'widgy:page/42', false, 1],
      [[{ origin: there, id: '52', label: 'News' }], undefined, false, 1],
      [[{ origin: there, id: '7', label: 'News' }], undefined, true, 1],
      [[{ origin: there, id: '7', label: 'New' }], undefined, true, 1],
      [[{ origin: there, id: '42' }, { known: { 'widgy:page/42': 'Prices' } }], undefined, true, 0],
      [[{ origin: there, id: '42', label: 'Prices' }, { isReached: false }], undefined, true, 1],
    ];
    for (const [given, to, isLost, asked] of cases) {
      const got = await resolve(...given);
      assert.deepEqual({ ...got, asked: got.asked.length }, { to, isLost, asked }, JSON.stringify(given));
    }
  });
});
