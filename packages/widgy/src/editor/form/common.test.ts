import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { createWidget } from '../../tree/widget.ts';
import { defineWidget } from '../../widgets/define-widget.ts';
import { defineSite } from '../../widgets/site.ts';
import { en } from '../words/en/index.ts';
import { commonOf } from './common.ts';
import { controlKind } from './control.ts';
import { valueText } from './value-text.ts';

const link = z.string().default('').meta({ kind: 'link' });
const site = defineSite({
  folder: import.meta.dirname,
  widgets: [
    defineWidget({
      type: 'a',
      label: 'A',
      files: [],
      fields: z.object({
        title: z.string().default('x').meta({ label: 'Title' }),
        look: z
          .enum(['one', 'two'])
          .default('one')
          .meta({ options: { one: 'First' } }),
        isOn: z.boolean().default(false),
        some: z.array(z.enum(['x', 'y'])).default([]),
        slides: z.array(z.object({ title: z.string().default('') })).default([]),
        size: z.number().nullable().default(null),
      }),
    }),
    defineWidget({
      type: 'b',
      label: 'B',
      files: [],
      fields: z.object({ title: z.string().default('y'), look: link }),
    }),
  ],
});
const types = new Map(Array.from(site.types, ([type, { fields }]) => [type, { fields }] as const));
const widget = (id: string, type: string, fields = {}) => createWidget({ id, type, fields });

describe('what several widgets have in common', () => {
  it('is the fields of one name and kind, with the value that all have', () => {
    const common = commonOf([widget('1', 'b'), widget('2', 'a', { title: 'y' }), widget('3', 'a')], types);
    assert.deepEqual(common.types, [
      { type: 'a', count: 2 },
      { type: 'b', count: 1 },
    ]);
    assert.deepEqual(
      common.fields.map(({ field, value }) => [field.name, value]),
      [['title', undefined]],
    );
    const same = commonOf([widget('1', 'b'), widget('2', 'a', { title: 'y' })], types);
    assert.deepEqual(same.fields[0]?.value, 'y');
  });

  it('is nothing where a type is not known', () => {
    assert.deepEqual(commonOf([widget('1', 'a'), widget('2', 'gone')], types).fields, []);
    assert.deepEqual(commonOf([], types), { types: [], fields: [] });
  });
});

it('says values as people read them', () => {
  const cases: readonly [name: string, value: Parameters<typeof valueText>[1], text: string][] = [
    ['title', 'Boat', 'Boat'],
    ['title', undefined, en.conflicts.absent],
    ['title', '', en.conflicts.absent],
    ['look', 'one', 'First'],
    ['look', 'gone', 'gone'],
    ['isOn', true, 'Yes'],
    ['some', ['x', 'y'], 'X and Y'],
    ['some', [], en.form.nothing],
    ['slides', [{ title: 'One' }, { title: 'Two' }], '1. Title: One\n2. Title: Two'],
    ['size', null, en.conflicts.absent],
    ['size', 2.5, '2.5'],
  ];
  for (const [name, value, text] of cases) {
    const field = types.get('a')?.fields.find((each) => each.name === name);
    assert.ok(field !== undefined);
    assert.equal(valueText(field, value, en), text, `${name} ${JSON.stringify(value)}`);
  }
});

it('has a control for every field', () => {
  const kinds = (types.get('a')?.fields ?? []).map((field) => controlKind(field));
  assert.deepEqual(kinds, ['input', 'choice', 'flag', 'choices', 'list', 'input']);
});
