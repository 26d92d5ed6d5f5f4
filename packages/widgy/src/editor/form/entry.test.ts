import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { defineWidget } from '../../widgets/define-widget.ts';
import { defineSite } from '../../widgets/site.ts';
import { checkValue, schemasIn } from './check-value.ts';
import { type Entry, entryOf, entryValue } from './entry.ts';
import { labelAt } from './problem.ts';

const slide = z.object({
  title: z.string().min(2).default('').meta({ label: 'Title' }),
  size: z.number().default(1),
});
const site = defineSite({
  folder: import.meta.dirname,
  widgets: [
    defineWidget({
      type: 'sample',
      label: 'Sample',
      directory: import.meta.dirname,
      files: [],
      fields: z.object({
        title: z.string().min(1).max(5).default('a'),
        count: z.int().min(1).max(9).default(1),
        ratio: z.number().multipleOf(0.1).gt(0).default(0.5),
        maybe: z.number().nullable().default(null),
        isOn: z.boolean().default(false),
        look: z.enum(['a', 'b']).default('a'),
        some: z
          .array(z.enum(['x', 'y', 'z']))
          .max(2)
          .default([]),
        colour: z.string().default('').meta({ kind: 'colour' }),
        link: z.string().default('').meta({ kind: 'link' }),
        picture: z.string().default('').meta({ kind: 'image' }),
        day: z.iso.date().default('2027-01-01'),
        at: z.iso.datetime().default('2027-01-01T00:00:00Z'),
        code: z
          .string()
          .regex(/^[A-Z]{2}$/)
          .default('AB'),
        slides: z
          .array(slide)
          .min(1)
          .default([{ title: 'One', size: 1 }])
          .meta({ label: 'Slides' }),
        cells: z.array(z.array(z.string())).default([]).meta({ kind: 'cells' }),
      }),
    }),
  ],
  kinds: { cells: { shape: 'own', read: () => [], write: () => '' } },
});
const known = site.types.get('sample');
const fields = known?.fields ?? [];
const schemas = schemasIn(known?.definition.formSchema);

function fieldCalled(name: string) {
  const field = fields.find((each) => each.name === name);
  assert.ok(field !== undefined, name);
  return field;
}

const text = (value: string): Entry => ({ kind: 'text', text: value });

describe('entries', () => {
  it('show values, and mean them', () => {
    const values: readonly [name: string, value: Parameters<typeof entryOf>[1]][] = [
      ['title', 'Boat'],
      ['count', 4],
      ['maybe', null],
      ['maybe', 1.5],
      ['isOn', true],
      ['look', 'b'],
      ['some', ['x', 'gone']],
      ['at', '2027-03-14T09:30:00Z'],
      ['slides', [{ title: 'One', size: 2 }]],
      ['cells', [['a', 'b']]],
    ];
    for (const [name, value] of values) {
      const field = fieldCalled(name);
      assert.deepEqual(entryValue(field, entryOf(field, value)), { ok: true, value }, name);
    }
  });

  it('say why they mean nothing, what was wanted, and where in a list that is', () => {
    const half: Entry = { kind: 'text', text: '', isHalf: true };
    const refused: Entry = { kind: 'value', value: [['a']], refused: ['Line 2 is empty.'] };
    const inList = (size: Entry): Entry => ({ kind: 'items', items: [{ title: text('One') }, { size }] });
    const cases: readonly [name: string, entry: Entry, problem: object][] = [
      ['count', text('many'), { code: 'wrong-kind', path: '/count', wanted: 'whole-number' }],
      ['ratio', text('much'), { code: 'wrong-kind', path: '/ratio', wanted: 'number' }],
      ['count', text(''), { code: 'required', path: '/count' }],
      ['look', text('c'), { code: 'not-a-choice', path: '/look' }],
      ['day', half, { code: 'wrong-format', path: '/day', wanted: 'date' }],
      ['maybe', half, { code: 'wrong-format', path: '/maybe', wanted: 'number' }],
      ['slides', inList(text('1,')), { code: 'wrong-kind', path: '/slides/1/size', wanted: 'number' }],
      ['slides', inList(half), { code: 'wrong-format', path: '/slides/1/size', wanted: 'number' }],
      ['cells', refused, { code: 'refused', path: '/cells', said: 'Line 2 is empty.' }],
    ];
    for (const [name, entry, problem] of cases)
      assert.deepEqual(entryValue(fieldCalled(name), entry), { ok: false, problems: [problem] }, name);
  });
});

describe('what is checked without the server', () => {
  const cases: readonly [name: string, value: Parameters<typeof checkValue>[1], codes: string][] = [
    ['title', '', 'required'],
    ['title', 'longer', 'too-long 5'],
    ['title', 'right', ''],
    ['count', 0, 'too-small 1'],
    ['count', 10, 'too-large 9'],
    ['count', 1.5, 'wrong-kind'],
    ['ratio', 0.3, ''],
    ['ratio', 0.35, 'not-a-step 0.1'],
    ['ratio', 0, 'too-small'],
    ['maybe', null, ''],
    ['look', 'c', 'not-a-choice'],
    ['some', ['x', 'y', 'z'], 'too-many 2'],
    ['some', ['gone'], 'not-a-choice'],
    ['colour', '#12345', 'refused'],
    ['colour', '', ''],
    ['link', 'javascript:alert(1)', 'refused'],
    ['link', '/about', ''],
    ['link', 'widgy:page/1', ''],
    ['picture', 'boat.jpg', 'refused'],
    ['picture', 'widgy:media/7', ''],
    ['day', '2027-02-30', 'wrong-format'],
    ['day', '2027-02-28', ''],
    ['at', '2027-02-28T10:00', 'wrong-format'],
    ['code', 'A', 'wrong-format'],
    ['slides', [], 'too-few 1'],
    ['slides', [{ title: 'x', size: 1 }], 'too-short 2 /slides/0/title'],
    ['cells', [['a']], ''],
  ];
  for (const [name, value, codes] of cases) {
    it(`${name} ${JSON.stringify(value)}: ${codes || 'nothing'}`, () => {
      const found = checkValue(fieldCalled(name), value, schemas.get(name)).map(({ code, limit, path }) =>
        [code, limit, path === `/${name}` ? undefined : path].filter((part) => part !== undefined).join(' '),
      );
      assert.equal(found.join(', '), codes);
    });
  }

  it('agrees with the server: what it lets pass, the schema takes', () => {
    for (const [name, value, codes] of cases) {
      const field = fieldCalled(name);
      if (codes !== '' || field.shape === 'own') continue;
      const own = known?.definition.fields.shape[name];
      assert.ok(own?.safeParse(value).success === true, `${name} ${JSON.stringify(value)}`);
    }
  });
});

it('names a field in a list by where it is', () => {
  assert.equal(labelAt(fields, '/slides/1/title'), 'Slides 2, Title');
  assert.equal(labelAt(fields, '/title'), 'Title');
  assert.equal(labelAt(fields, '/gone'), 'gone');
});
