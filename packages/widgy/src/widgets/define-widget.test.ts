import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { z } from 'zod';
import { defineWidget, extendWidget, type FieldsOf } from './define-widget.ts';

const slideshow = defineWidget({
  type: 'slideshow',
  label: 'Slideshow',
  fields: z.object({
    delay: z.int().min(1).default(2).meta({ label: 'Delay', help: 'Seconds between slides' }),
    title: z.string().default(''),
  }),
  summary: 'title',
  children: { accept: ['slide'], max: 12 },
  files: [],
});

describe('defineWidget', () => {
  it('gives types, rules, a JSON Schema and the names of permissions from one definition', () => {
    const fields: FieldsOf<typeof slideshow> = { delay: 3, title: '' };
    // @ts-expect-error a template gets a number
    const wrong: FieldsOf<typeof slideshow> = { delay: '3', title: '' };
    assert.equal(slideshow.fields.safeParse(fields).success, true);
    assert.equal(slideshow.fields.safeParse(wrong).success, false);
    assert.deepEqual(slideshow.rules, {
      type: 'slideshow',
      label: 'Slideshow',
      children: { accept: ['slide'], max: 12 },
      fields: { delay: 2, title: '' },
      editable: true,
    });
    assert.deepEqual(slideshow.jsonSchema, {
      type: 'object',
      properties: {
        delay: {
          default: 2,
          title: 'Delay',
          description: 'Seconds between slides',
          type: 'integer',
          minimum: 1,
          maximum: Number.MAX_SAFE_INTEGER,
        },
        title: { default: '', type: 'string' },
      },
      additionalProperties: false,
    });
    assert.deepEqual(slideshow.permissions, {
      add: 'slideshow:add',
      change: 'slideshow:change',
      delete: 'slideshow:delete',
    });
  });

  it('defines a type without fields', () => {
    const line = defineWidget({ type: 'shop/line', label: 'Line', files: [] });
    const fields: FieldsOf<typeof line> = {};
    assert.deepEqual(line.fields.parse({}), fields);
    assert.equal(line.rules.editable, false);
  });

  const types: readonly [type: string, isRight: boolean][] = [
    ['slideshow', true],
    ['shop/product', true],
    ['forms.text-input', true],
    ['', false],
    ['9lives', false],
    ['shop/', false],
    ['../etc', false],
    ['a b', false],
    ['constructor', false],
    ['x'.repeat(101), false],
  ];
  for (const [type, isRight] of types) {
    it(`${isRight ? 'takes' : 'refuses'} the type ${JSON.stringify(type.slice(0, 20))}`, () => {
      const define = () => defineWidget({ type, label: 'Label', files: [] });
      if (isRight) assert.equal(define().type, type);
      else assert.throws(define, { code: 'widget-invalid' });
    });
  }

  const definitions: readonly [what: string, message: RegExp, part: object][] = [
    ['no label', /has no label/, { label: ' ' }],
    ['a relative directory', /"widgets", which is not absolute/, { directory: 'widgets' }],
  ];
  for (const [what, message, part] of definitions) {
    it(`refuses ${what}`, () => {
      assert.throws(() => defineWidget({ type: 'w', label: 'W', files: [], ...part }), {
        code: 'widget-invalid',
        message,
      });
    });
  }

  it('refuses a summary that is no field, and names the nearest', () => {
    const fields = z.object({ title: z.string().default('') });
    // @ts-expect-error the compiler refuses it too
    assert.throws(() => defineWidget({ type: 'w', label: 'W', fields, summary: 'titel', files: [] }), {
      code: 'widget-invalid',
      help: 'Did you mean "title"? ',
    });
  });

  const item = z.object({ title: z.string() });
  const nested = (levels: number): z.core.$ZodType =>
    z.array(z.object(levels === 1 ? {} : { in: nested(levels - 1) })).default([]);
  it('takes four lists inside one another', () => {
    const fields = z.object({ x: nested(4) });
    assert.equal(defineWidget({ type: 'w', label: 'W', fields, files: [] }).fields, fields);
  });

  const fields: readonly [what: string, field: z.core.$ZodType, message: RegExp][] = [
    ['without a default', z.string(), /"x" of "w" has no default/],
    ['that may be absent', z.string().optional(), /"x" of "w" has no default/],
    [
      'with a default that its schema refuses',
      z.string().min(1).default(''),
      /own schema refuses: Fill this in/,
    ],
    ['of dates', z.date().default(new Date(0)), /"x" of "w" cannot be kept as JSON: Date/],
    ['of big integers', z.bigint().default(1n), /cannot be kept as JSON/],
    ['that is transformed', z.string().transform(Number).default(1), /cannot be kept as JSON: Transforms/],
    [
      'that decodes',
      z.codec(z.string(), z.number(), { decode: Number, encode: String }).default(1),
      /own schema refuses/,
    ],
    [
      'that is read asynchronously',
      z
        .string()
        .refine(async () => true)
        .default('a')
        .pipe(z.string()),
      /read at once/,
    ],
    [
      'that grows',
      z
        .string()
        .overwrite((text) => `${text}!`)
        .prefault('a'),
      /is changed each time/,
    ],
    ['that is a record', z.record(z.string(), z.string()).default({}), /no form can be made for/],
    ['with items without defaults', z.array(item).default([]), /"x\.title" of "w" has no default/],
    [
      'of a kind for others',
      z.string().default('').meta({ kind: 'number' }),
      /kind "number", which is for numbers/,
    ],
    ['with two same choices', z.union([z.literal(1), z.literal('1')]).default(1), /cannot tell apart: "1"/],
    [
      'with a label for no choice',
      z
        .enum(['left', 'right'])
        .default('left')
        .meta({ options: { lft: 'Left' } }),
      /label for "lft"/,
    ],
  ];
  for (const [what, field, message] of fields) {
    it(`refuses a field ${what}`, () => {
      assert.throws(
        () => defineWidget({ type: 'w', label: 'W', fields: z.object({ x: field }), files: [] }),
        {
          code: 'field-invalid',
          message,
        },
      );
    });
  }

  for (const name of ['constructor', 'prototype', 'a.b', 'a b', '_private', 'é']) {
    it(`refuses a field called ${name}`, () => {
      const shape = z.object({ [name]: z.string().default('') });
      assert.throws(() => defineWidget({ type: 'w', label: 'W', fields: shape, files: [] }), {
        code: 'field-invalid',
        message: /has no usable name/,
      });
    });
  }
});

describe('extendWidget', () => {
  const faster = extendWidget(slideshow, {
    label: 'Fast slideshow',
    fields: slideshow.fields.extend({ loop: z.boolean().default(true) }),
  });

  it('keeps the name and what is not given', () => {
    const { type, label, summary, rules, base } = faster;
    assert.deepEqual([type, label, summary, base], ['slideshow', 'Fast slideshow', 'title', slideshow]);
    assert.deepEqual(rules, {
      ...slideshow.rules,
      label: 'Fast slideshow',
      fields: { delay: 2, title: '', loop: true },
    });
  });

  it('has the fields that it was given', () => {
    const fields: FieldsOf<typeof faster> = { delay: 1, title: '', loop: false };
    assert.deepEqual(faster.fields.parse({ delay: 1, loop: false }), fields);
  });

  it('lets what had no fields be edited', () => {
    const line = defineWidget({ type: 'line', label: 'Line', files: [] });
    const fields = z.object({ width: z.int().default(1) });
    assert.deepEqual(
      [extendWidget(line, { fields }), extendWidget(faster, { editable: false })].map(
        ({ rules }) => rules.editable,
      ),
      [true, false],
    );
  });

  it('leaves the old type as it was', () => {
    assert.deepEqual(Object.keys(slideshow.fields.shape), ['delay', 'title']);
    assert.equal(slideshow.base, undefined);
  });
});
