import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import type { JsonObject } from '../tree/json.ts';
import { defineWidget } from './define-widget.ts';
import type { LinkGroup } from './fields/link-choices.ts';
import { defineSite } from './site.ts';
import { allElements, submissionOf } from './submit-fixture.ts';
import { printWidgetForm, readWidgetForm, widgetForm } from './widget-form.ts';

const link = z.string().default('').meta({ kind: 'link' });
const site = defineSite({
  folder: import.meta.dirname,
  widgets: [
    defineWidget({
      type: 'button',
      label: 'Button',
      fields: z.object({
        to: z.string().default('').meta({ kind: 'link', help: 'Where it leads' }),
        picture: z.string().default('').meta({ kind: 'image' }),
        more: z.array(z.object({ to: link })).default([]),
      }),
      files: [],
    }),
    defineWidget({
      type: 'text',
      label: 'Text',
      fields: z.object({ text: z.string().default('') }),
      files: [],
    }),
  ],
});

const LINKS: readonly LinkGroup[] = [
  {
    type: 'page',
    label: 'Pages',
    targets: [
      { id: '1', label: 'About <us>', url: '/about' },
      { id: '2', label: 'Hidden', url: undefined },
    ],
  },
  { type: 'shop/boat', label: 'Boats', targets: [{ id: 'x', label: 'Dinghy', url: '/boats/x' }] },
];
const EMPTY: JsonObject = { to: '', picture: '', more: [] };
const show = (fields: JsonObject, links?: readonly LinkGroup[]) =>
  printWidgetForm(site, widgetForm(site, 'button', { ...EMPTY, ...fields }), {
    ...(links === undefined ? {} : { links }),
  }).toString();
const named = (markup: string, name: string) =>
  allElements(markup).find(({ attributes }) => attributes.name === name);

describe('the form of a link', () => {
  it('suggests what may be pointed at, group after group, once for all controls', () => {
    const markup = show({ more: [{ to: '/a' }, { to: '/b' }] }, LINKS);
    const lists = allElements(markup).filter(({ tag }) => tag === 'datalist');
    assert.deepEqual(
      lists.map(({ attributes, children }) => [
        attributes.id,
        ...children.map((option) => [option.attributes.value, option.text]),
      ]),
      [
        [
          'fields._links',
          ['widgy:page/1', 'Pages: About <us> (/about)'],
          ['widgy:page/2', 'Pages: Hidden'],
          ['widgy:shop/boat/x', 'Boats: Dinghy (/boats/x)'],
        ],
      ],
    );
    for (const name of ['fields.to', 'fields.more.0.to', 'fields.more.1.to'])
      assert.equal(named(markup, name)?.attributes.list, 'fields._links', name);
    assert.equal(named(markup, 'fields.picture')?.attributes.list, 'fields._links');
  });

  it('offers nothing where there is nothing to offer, or nothing to link', () => {
    for (const markup of [
      show({}),
      show({}, []),
      printWidgetForm(site, widgetForm(site, 'text', { text: '' }), { links: LINKS }).toString(),
    ])
      assert.doesNotMatch(markup, /datalist|list=/);
  });

  it('says what a reference points at', () => {
    const markup = show({ to: 'widgy:page/1' }, LINKS);
    const control = named(markup, 'fields.to');
    assert.equal(control?.attributes['aria-describedby'], 'fields.to-help fields.to-target');
    const note = allElements(markup).find(({ attributes }) => attributes.id === 'fields.to-target');
    assert.equal(note?.text, 'Points at Pages: About <us> (/about)');
  });

  const values = [
    '',
    '/about',
    'https://example.com/?a=1&b="2"',
    'widgy:page/1',
    'widgy:page/999',
    'widgy:gone/1',
  ];
  for (const value of values) {
    for (const [what, links] of [
      ['with choices', LINKS],
      ['without choices', undefined],
    ] as const) {
      it(`keeps ${JSON.stringify(value)} when it is opened and saved ${what}`, () => {
        const fields = { ...EMPTY, to: value, picture: value, more: [{ to: value }] };
        const sent = submissionOf(show(fields, links));
        assert.deepEqual(readWidgetForm(site, 'button', sent, EMPTY), { status: 'read', fields });
      });
    }
  }

  it('shows again what was typed and cannot be kept', () => {
    const sent = submissionOf(show({}, LINKS)).map(([name, value]) =>
      name === 'fields.to' ? ([name, 'widgy:page'] as const) : ([name, value] as const),
    );
    const answer = readWidgetForm(site, 'button', sent, EMPTY);
    assert.ok(answer.status === 'refused');
    assert.deepEqual(
      answer.form.errors.map(({ code, path }) => [code, path]),
      [['refused', '/to']],
    );
    const again = printWidgetForm(site, answer.form, { links: LINKS }).toString();
    assert.equal(named(again, 'fields.to')?.attributes.value, 'widgy:page');
  });
});

it('the description of a field says whether it takes references', () => {
  const described = site.types.get('button')?.fields ?? [];
  assert.deepEqual(
    described.map(({ name, takesReferences }) => [name, takesReferences]),
    [
      ['to', true],
      ['picture', true],
      ['more', undefined],
    ],
  );
  assert.deepEqual(JSON.parse(JSON.stringify(described)), described);
});
