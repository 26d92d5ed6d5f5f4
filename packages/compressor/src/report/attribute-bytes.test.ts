import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { encodedMappings, TraceMap } from '@jridgewell/trace-mapping';
import fc from 'fast-check';
import { attributeBytes } from './attribute-bytes.ts';

type Segment = [column: number] | [column: number, source: number, line: number, sourceColumn: number];

function mapOf(sources: string[], mappings: Segment[][]) {
  const encoded = encodedMappings(new TraceMap({ version: 3, names: [], sources, mappings }));
  return { version: 3, names: [], sources, mappings: encoded } as const;
}

const at = (column: number, source: number): Segment => [column, source, 0, 0];

describe('attributing bytes', () => {
  const cases: readonly [
    name: string,
    text: string,
    mappings: Segment[][],
    expected: [source: string | undefined, bytes: number][],
  ][] = [
    ['one source', 'abcd', [[at(0, 0)]], [['a', 4]]],
    ['two on a line', 'abcd', [[at(0, 0), at(3, 1)]], [['a', 3], ['b', 1]]], // biome-ignore format: one row
    ['what a tool wrote first', 'abcd', [[at(2, 0)]], [[undefined, 2], ['a', 2]]], // biome-ignore format: one row
    ['what a tool wrote between', 'abcd', [[at(0, 0), [1], at(3, 0)]], [['a', 2], [undefined, 2]]], // biome-ignore format: one row
    ['line breaks', 'ab\ncd\n', [[at(0, 0)], [at(0, 1)]], [['a', 3], ['b', 3]]], // biome-ignore format: one row
    ['a line without mappings', 'ab\ncd', [[at(0, 0)]], [['a', 3], [undefined, 2]]], // biome-ignore format: one row
    ['bytes of UTF-8', 'é€😀b', [[at(0, 0), at(4, 1)]], [['a', 9], ['b', 1]]], // biome-ignore format: one row
    ['a column beyond the line', 'ab', [[at(0, 0), at(9, 1)]], [['a', 2]]],
    ['nothing', '', [], []],
  ];
  for (const [name, text, mappings, expected] of cases) {
    it(name, () => assert.deepEqual([...attributeBytes(text, mapOf(['a', 'b'], mappings))], expected));
  }

  it('adds up to the bytes of the text, whatever the map says', () => {
    const segment = fc.oneof(
      fc.nat(30).map((column): Segment => [column]),
      fc.tuple(fc.nat(30), fc.nat(2)).map(([column, source]) => at(column, source)),
    );
    const line = fc.array(segment).map((segments) => segments.toSorted(([a], [b]) => a - b));
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.array(line), (text, mappings) => {
        const bytes = attributeBytes(text, mapOf(['a', 'b', 'c'], mappings));
        const sum = [...bytes.values()].reduce((total, count) => total + count, 0);
        assert.equal(sum, Buffer.byteLength(text));
      }),
    );
  });
});
