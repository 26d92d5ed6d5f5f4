import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import type { Group, Source } from '../recipe/recipe.ts';
import type { Manifest } from './manifest.ts';
import { describeMiss } from './nearest-group.ts';

const style = (...sources: (string | Source)[]): Group => ({
  goal: 'style',
  sources: sources.map((source) => (typeof source === 'string' ? { file: source } : source)),
});

function manifestWith(...groups: string[][]): Manifest {
  return {
    format: 'widgy-compressor-manifest',
    version: 1,
    groups: Object.fromEntries(
      groups.map((sources, index) => [String(index), { goal: 'style', sources, parts: [] }]),
    ),
    recipes: {},
    literals: {},
    pages: {},
    blocks: [],
    artifacts: {},
    inputs: {},
  };
}

describe('describeMiss', () => {
  const cases: readonly [name: string, wanted: Group, manifest: Manifest, said: string][] = [
    ['nothing of the kind', style('a'), manifestWith(), 'it holds no styles'],
    [
      'another source',
      style('a', 'x'),
      manifestWith(['b'], ['a', 'b']),
      'source 2 is "x" here, and "b" in the nearest',
    ],
    [
      'one more',
      style('a', 'b', 'c'),
      manifestWith(['a', 'b'], ['c']),
      'the nearest ends before source 3, "c"',
    ],
    [
      'one fewer',
      style('a', 'b'),
      manifestWith(['a', 'b', 'c']),
      'the nearest has "c" after the last source here, "b"',
    ],
    [
      'another order',
      style('b', 'a'),
      manifestWith(['x', 'y'], ['a', 'b']),
      'source 1 is "b" here, and "a" in the nearest',
    ],
    [
      'inline text',
      style({ text: '  a{}', language: '.css' }),
      manifestWith(['a']),
      'source 1 is "a{}" here, and "a" in the nearest',
    ],
  ];
  for (const [name, wanted, manifest, said] of cases) {
    it(name, () => assert.equal(describeMiss(wanted, manifest), said));
  }
});
