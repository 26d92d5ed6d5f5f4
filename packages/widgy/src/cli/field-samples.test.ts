import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import type { JsonValue } from '../tree/json.ts';
import { fieldOf, isJsonArray } from '../tree/json.ts';
import { walk } from '../tree/widget.ts';
import { defineWidget } from '../widgets/define-widget.ts';
import { checkWidgetFields, defineSite } from '../widgets/site.ts';
import { HOSTILE_TEXT, LARGE_NUMBER, LONG_LIST, LONG_TEXT, samplesOf } from './field-samples.ts';
import { samplesOfType } from './widget-samples.ts';

const folder = import.meta.dirname;

/** A site with one type that has one field. */
function siteWith(schema: z.ZodType) {
  const widget = defineWidget({
    type: 'it',
    label: 'It',
    isRootChoice: true,
    fields: z.object({ x: schema }),
    files: [],
  });
  return defineSite({
    folder,
    widgets: [widget],
    kinds: { own: { shape: 'own', read: (text) => text, write: String } },
  });
}

/** The values of the field that are rendered. */
function valuesOf(schema: z.ZodType): readonly JsonValue[] {
  const { samples } = samplesOfType(siteWith(schema), 'it');
  return samples.map(({ widget }) => fieldOf(widget.fields, 'x') ?? null);
}

/** Texts by their lengths, lists by their numbers of items. */
const measured = (value: JsonValue) => {
  if (typeof value === 'string')
    return value === HOSTILE_TEXT ? 'hostile' : value.length < 2 ? value : value.length;
  return isJsonArray(value) && typeof value[0] === 'object' ? `${value.length} items` : value;
};

const item = z.object({ title: z.string().default('t'), is: z.boolean().default(true) });
const cases: readonly [what: string, schema: z.ZodType, expected: readonly JsonValue[]][] = [
  ['a text', z.string().default('abc'), [3, '', LONG_TEXT, 'hostile']],
  ['a text with bounds', z.string().min(2).max(9).default('abc'), [3, 2, 9]],
  ['a number', z.number().default(7), [7, 0, -LARGE_NUMBER, LARGE_NUMBER]],
  ['a number with bounds', z.int().min(3).max(9).default(7), [7, 3, 9]],
  ['a number with steps', z.number().multipleOf(7).default(7), [7, 0, -999_999_994, 999_999_994]],
  ['a number or nothing', z.number().min(1).max(2).nullable().default(1), [1, null, 2]],
  ['a yes or no', z.boolean().default(true), [true, false]],
  ['a choice', z.enum(['a', 'b']).default('a'), ['a', 'b']],
  ['a choice or nothing', z.enum(['a', 'b']).nullable().default('a'), ['a', null, 'b']],
  [
    'choices',
    z
      .array(z.enum(['a', 'b']))
      .max(1)
      .default(['b']),
    [['b'], [], ['a']],
  ],
  ['a list', z.array(item).default([]), [[], `${LONG_LIST} items`, '1 items']],
  [
    'a list with bounds',
    z
      .array(item)
      .min(1)
      .max(3)
      .default([{ title: 't', is: true }]),
    ['1 items', '3 items'],
  ],
];

describe('the values that are made up for a field', () => {
  for (const [what, schema, expected] of cases) {
    it(`are those of ${what}`, () => {
      const found = new Set(valuesOf(schema).map((value) => JSON.stringify(measured(value))));
      const wanted = new Set(expected.map((value) => JSON.stringify(value)));
      assert.deepEqual([...found].sort(), [...wanted].sort());
    });
  }

  const fixed: readonly [kind: string, schema: z.ZodType, full: string][] = [
    ['a date', z.iso.date().default('2000-01-01'), '9999-12-31'],
    ['a time', z.iso.time({ precision: -1 }).default('10:00'), '23:59'],
    ['a date and time in UTC', z.iso.datetime().default('2000-01-01T10:00:00Z'), '9999-12-31T23:59:00Z'],
    ['a colour', z.string().default('#000000').meta({ kind: 'colour' }), '#ffffff'],
    ['a link', z.string().default('').meta({ kind: 'link' }), 'widgy:page/gone'],
  ];
  for (const [what, schema, full] of fixed) {
    it(`have the form of ${what}`, () =>
      assert.ok(valuesOf(schema).includes(full), JSON.stringify(valuesOf(schema))));
  }

  it('are what is in lists, too', () => {
    const lists = valuesOf(z.array(item).default([]));
    const inside = lists.flatMap((list) => (isJsonArray(list) ? list : []));
    const found = new Set(inside.map((one) => JSON.stringify(one).slice(0, 40)));
    for (const wanted of [
      { title: 't', is: false },
      { title: '', is: true },
    ]) {
      assert.ok(
        found.has(JSON.stringify(wanted)),
        `${JSON.stringify(wanted)} is not in ${[...found].join(' ')}`,
      );
    }
    assert.ok(inside.some((one) => JSON.stringify(one).includes('<script>')));
  });

  it('are sanitised as what somebody keeps', () => {
    const values = valuesOf(z.string().default('').meta({ kind: 'rich-text' })).map(String);
    assert.ok(values.some((value) => value.includes('<strong>')));
    assert.ok(values.every((value) => !value.includes('<script')));
  });

  it('all fit, and are the same each time', () => {
    const schema = z.object({
      a: z
        .string()
        .regex(/^[a-c]*$/)
        .default('a'),
      b: z.array(item).max(2).default([]),
    });
    const widget = defineWidget({ type: 'it', label: 'It', fields: schema, files: [] });
    const site = defineSite({ folder, widgets: [widget] });
    const { samples } = samplesOfType(site, 'it');
    for (const one of samples)
      assert.equal(checkWidgetFields(site, 'it', one.widget.fields).ok, true, one.what);
    assert.deepEqual(samplesOfType(site, 'it'), { samples, plain: [] });
  });

  it('are told where there are none', () => {
    const odd = z
      .string()
      .regex(/^odd-\d+$/)
      .default('odd-1');
    const { samples, plain } = samplesOfType(siteWith(odd), 'it');
    assert.deepEqual(plain, ['x']);
    assert.deepEqual([...new Set(samples.map(({ widget }) => widget.fields.x))], ['odd-1']);
  });

  it('are the default of a kind of the site’s own', () => {
    assert.deepEqual(
      samplesOf({
        name: 'x',
        kind: 'own',
        label: 'X',
        isRequired: false,
        isNullable: true,
        shape: 'own',
        default: 4,
      }).map(({ value }) => value),
      [null, 4],
    );
  });
});

describe('the widgets that are made up for a type', () => {
  const site = defineSite({
    folder,
    widgets: [
      defineWidget({
        type: 'show',
        label: 'Show',
        children: {
          accept: ['slide', 'show'],
          default: ['slide'],
          slots: [{ name: 'side', accept: ['note'] }],
        },
        files: [],
      }),
      defineWidget({
        type: 'slide',
        label: 'Slide',
        fields: z.object({ t: z.string().default('') }),
        files: [],
      }),
      defineWidget({ type: 'note', label: 'Note', parents: ['show'], files: [] }),
    ],
  });
  const outline = (type: string) =>
    samplesOfType(site, type).samples.map(({ what, widget }) => [
      what,
      walk(widget)
        .map(({ type: own, slot }) => (slot === undefined ? own : `${slot}:${own}`))
        .toArray()
        .join(' '),
    ]);

  it('have the children that a new one has, none, and one of each type that is accepted', () => {
    assert.deepEqual(outline('show'), [
      ['a new one', 'show slide'],
      ['no children', 'show'],
      ['a child of each type that it accepts', 'show show slide slide side:note'],
    ]);
  });

  it('are new ones alone where there is nothing else', () => {
    assert.deepEqual(outline('note'), [['a new one', 'note']]);
    assert.deepEqual(outline('gone'), []);
  });
});
