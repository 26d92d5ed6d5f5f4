import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { formatTree } from './format.ts';
import { DEFAULT_LIMITS, MAX_PROBLEMS } from './limits.ts';
import { measure } from './measure.ts';
import { outlineOf } from './outline-fixture.ts';
import { parseTree } from './parse.ts';
import { assertIndexed, randomTree, SEED } from './random-fixture.ts';
import { hashTree } from './tree.ts';

const a = { id: 'a', type: 'box' };

describe('parseTree', () => {
  it('reads a tree, with children grouped by slot', () => {
    const parsed = parseTree({
      ...a,
      fields: { n: -0 },
      children: [
        { id: 'b', type: 'text', slot: 'right' },
        { id: 'c', type: 'text', slot: 'left', fields: { t: 'Hi' }, children: [] },
      ],
    });
    assert.ok(parsed.ok);
    assert.equal(outlineOf(parsed.value), 'a{"n":0}(left:c/text{"t":"Hi"} right:b/text)');
    assertIndexed(parsed.value);
  });

  const text = (json: string): unknown => JSON.parse(json);
  const cases: readonly [name: string, value: unknown, code: string, path: string][] = [
    ['no object', null, 'wrong-shape', ''],
    ['an array', [a], 'wrong-shape', ''],
    ['an object of a class', new Map(), 'wrong-shape', ''],
    ['a key of no meaning', { ...a, childern: [] }, 'unknown-key', '/childern'],
    ['a key with a slash', { ...a, 'a/b~': 1 }, 'unknown-key', '/a~1b~0'],
    ['no id', { type: 'box' }, 'invalid-id', '/id'],
    ['an empty id', { ...a, id: '' }, 'invalid-id', '/id'],
    ['an id that is a number', { ...a, id: 1 }, 'invalid-id', '/id'],
    ['an id with markup', { ...a, id: '<b>' }, 'invalid-id', '/id'],
    ['an id that is too long', { ...a, id: 'a'.repeat(101) }, 'invalid-id', '/id'],
    ['an id that reaches a prototype', { ...a, id: '__proto__' }, 'invalid-id', '/id'],
    ['an id used twice', { ...a, children: [a] }, 'id-taken', '/children/0/id'],
    ['no type', { id: 'a' }, 'invalid-type', '/type'],
    ['a type that reaches a prototype', { ...a, type: 'constructor' }, 'invalid-type', '/type'],
    ['a type that is a path', { ...a, type: '../secret' }, 'invalid-type', '/type'],
    ['a slot of the root', { ...a, slot: 'left' }, 'wrong-shape', '/slot'],
    [
      'a slot that is no name',
      { ...a, children: [{ ...a, id: 'b', slot: '' }] },
      'invalid-slot',
      '/children/0/slot',
    ],
    ['children that are no array', { ...a, children: {} }, 'wrong-shape', '/children'],
    ['a child that is no object', { ...a, children: ['b'] }, 'wrong-shape', '/children/0'],
    ['fields that are no object', { ...a, fields: [] }, 'wrong-shape', '/fields'],
    ['a field that JSON cannot hold', { ...a, fields: { x: [new Date(0)] } }, 'not-json', '/fields/x/0'],
    ['a field without a value', { ...a, fields: { x: undefined } }, 'not-json', '/fields/x'],
    ['a number that is none', { ...a, fields: { x: Number.NaN } }, 'not-json', '/fields/x'],
    [
      '__proto__ as a field',
      text('{"id":"a","type":"box","fields":{"__proto__":1}}'),
      'forbidden-key',
      '/fields/__proto__',
    ],
    [
      '__proto__ in a field',
      text('{"id":"a","type":"box","fields":{"x":[{"__proto__":{"y":1}}]}}'),
      'forbidden-key',
      '/fields/x/0/__proto__',
    ],
    [
      '__proto__ as a key',
      text('{"id":"a","type":"box","__proto__":{"slot":"x"}}'),
      'unknown-key',
      '/__proto__',
    ],
    ['constructor as a field', { ...a, fields: { constructor: 1 } }, 'forbidden-key', '/fields/constructor'],
    ['prototype as a field', { ...a, fields: { prototype: 1 } }, 'forbidden-key', '/fields/prototype'],
  ];
  for (const [name, value, code, path] of cases) {
    it(`refuses ${name}`, () => {
      const parsed = parseTree(value);
      assert.ok(!parsed.ok);
      assert.deepEqual(
        parsed.problems.map((problem) => [problem.code, problem.path]),
        [[code, path]],
      );
      assert.equal(Object.hasOwn(Object.prototype, 'y'), false);
    });
  }

  it('tells all that is wrong, up to a number', () => {
    const children = Array.from({ length: 1000 }, () => ({ id: '', type: '' }));
    const parsed = parseTree({
      ...a,
      children: [{ ...a, id: 'b', fields: { constructor: 1 } }, ...children],
    });
    assert.ok(!parsed.ok);
    assert.equal(parsed.problems.length, MAX_PROBLEMS);
    assert.deepEqual(
      parsed.problems.slice(0, 3).map(({ path }) => path),
      ['/children/0/fields/constructor', '/children/1/id', '/children/1/type'],
    );
  });
});

/** A value of so many levels, made without calling itself. */
function deep(levels: number): unknown {
  let value: unknown = { id: 'w0', type: 'box' };
  for (let level = 1; level < levels; level++) value = { id: `w${level}`, type: 'box', children: [value] };
  return value;
}

describe('limits of reading', () => {
  const wide = (widgets: number): unknown => ({
    ...a,
    children: Array.from({ length: widgets - 1 }, (_, at) => ({ id: `w${at}`, type: 'box' })),
  });
  const nested = (levels: number): unknown => ({
    ...a,
    fields: { x: JSON.parse('['.repeat(levels) + ']'.repeat(levels)) },
  });
  const { depth, widgets, fieldBytes, fieldDepth } = DEFAULT_LIMITS;
  const cases: readonly [name: string, fits: unknown, over: unknown, code: string][] = [
    ['depth', deep(depth), deep(depth + 1), 'too-deep'],
    ['widgets', wide(widgets), wide(widgets + 1), 'too-many'],
    [
      'bytes of a field',
      { ...a, fields: { x: 'é'.repeat(fieldBytes / 2 - 1) } },
      { ...a, fields: { x: `${'é'.repeat(fieldBytes / 2 - 1)}.` } },
      'field-too-large',
    ],
    [
      'many numbers in a field',
      { ...a },
      { ...a, fields: { x: new Array(fieldBytes).fill(0) } },
      'field-too-large',
    ],
    ['depth of a field', nested(fieldDepth), nested(fieldDepth + 1), 'field-too-deep'],
    [
      'bytes',
      { ...a },
      {
        ...a,
        fields: Object.fromEntries(
          Array.from({ length: 17 }, (_, at) => [`f${at}`, 'x'.repeat(fieldBytes - 2)]),
        ),
      },
      'too-large',
    ],
  ];
  for (const [name, fits, over, code] of cases) {
    it(name, () => {
      assert.ok(parseTree(fits).ok);
      const parsed = parseTree(over);
      assert.deepEqual(!parsed.ok && parsed.problems.map((problem) => problem.code), [code]);
    });
  }

  it('are refused at once, however much there is: a million widgets', () => {
    const parsed = parseTree(wide(1_000_000));
    assert.deepEqual(!parsed.ok && parsed.problems.map((problem) => problem.code), ['too-many']);
  });

  it('can be lifted: 100,000 levels are read, hashed, measured and written', () => {
    const limits = { ...DEFAULT_LIMITS, depth: 100_000, widgets: 100_000 };
    const parsed = parseTree(deep(100_000), limits);
    assert.ok(parsed.ok);
    assert.equal(measure(parsed.value.root).depth, 100_000);
    const written = formatTree(parsed.value);
    assert.equal(measure(parsed.value.root).bytes, written.length);
    const again = parseTree(JSON.parse(written), limits);
    assert.ok(again.ok);
    assert.equal(formatTree(again.value), written);
    assert.equal(hashTree(again.value).length, 64);
  });
});

describe('the canonical form', () => {
  it('is the same for keys in any order', () => {
    const one = parseTree({ ...a, fields: { b: { y: 1, x: 2 }, a: '\ud800é' }, children: [] });
    const two = parseTree({ fields: { a: '\ud800é', b: { x: 2, y: 1 } }, type: 'box', id: 'a' });
    assert.ok(one.ok && two.ok);
    const text = '{"fields":{"a":"\\ud800é","b":{"x":2,"y":1}},"id":"a","type":"box"}';
    assert.deepEqual([formatTree(one.value), formatTree(two.value)], [text, text]);
    assert.equal(hashTree(one.value), hashTree(two.value));
  });

  it('is read back as the same tree, measured to the byte', () => {
    fc.assert(
      fc.property(randomTree(), (tree) => {
        const text = formatTree(tree);
        const parsed = parseTree(JSON.parse(text));
        assert.ok(parsed.ok);
        assert.deepEqual(parsed.value.root, tree.root);
        assert.equal(formatTree(parsed.value), text);
        assert.equal(hashTree(parsed.value), hashTree(tree));
        assert.equal(measure(tree.root).bytes, Buffer.byteLength(text));
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it('holds any fields', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string({ unit: 'binary' }), fc.jsonValue()), (fields) => {
        fc.pre(!/"(?:__proto__|constructor|prototype)":/.test(JSON.stringify(fields)));
        const parsed = parseTree({ ...a, fields: { ...fields } });
        assert.ok(parsed.ok);
        const text = formatTree(parsed.value);
        assert.deepEqual(JSON.parse(text).fields, JSON.parse(JSON.stringify(fields)));
        assert.equal(measure(parsed.value.root).bytes, Buffer.byteLength(text));
      }),
      { seed: SEED, numRuns: 300 },
    );
  });

  it('has a hash that says every difference', () => {
    const different = [
      { ...a },
      { ...a, id: 'b' },
      { ...a, type: 'text' },
      { ...a, fields: { x: 1 } },
      { ...a, fields: { x: '1' } },
      { ...a, fields: { x: null } },
      { ...a, children: [{ id: 'b', type: 'box' }] },
      { ...a, children: [{ id: 'b', type: 'box', slot: 'x' }] },
      {
        ...a,
        children: [
          { id: 'b', type: 'box' },
          { id: 'c', type: 'box' },
        ],
      },
      {
        ...a,
        children: [
          { id: 'c', type: 'box' },
          { id: 'b', type: 'box' },
        ],
      },
      { ...a, children: [{ id: 'b', type: 'box', children: [{ id: 'c', type: 'box' }] }] },
    ];
    const hashes = different.map((value) => {
      const parsed = parseTree(value);
      assert.ok(parsed.ok);
      return hashTree(parsed.value);
    });
    assert.equal(new Set(hashes).size, different.length);
    // A hash is stored: if this changes, trees in databases are no longer found. Then change the format's name too.
    assert.equal(hashes[0], '50c5540d91a9ec9e7e98ed474f15e857df28dafd9ac5c31c94ec8dce6f2e4aa8');
  });
});
