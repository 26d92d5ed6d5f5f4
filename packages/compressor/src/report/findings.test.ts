import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { findRepetitions } from './findings.ts';
import type { ArtifactWeight, BlockWeight, PageWeight } from './report.ts';
import { type Size, sumOf } from './size.ts';

const sized = (raw: number): Size => ({ raw, brotli: raw / 10, returning: null });

/** `lodash 4.1 sort.js 900`: package, version, file, bytes; `own.js 20` for a file of the site. */
function source(text: string): ArtifactWeight['sources'][number] {
  const words = text.split(' ');
  const size = sized(Number(words.at(-1)));
  const [first = '', version = '', file = ''] = words;
  if (words.length === 2) return { name: first, size };
  return { name: `npm:${first}@${version}/${file}`, package: { name: first, version }, size };
}

/** Blocks by their places; each has one artifact of these sources. */
type Blocks = Readonly<Record<string, readonly string[]>>;

function weightsOf(
  blocks: Blocks,
  pages: Readonly<Record<string, readonly string[]>>,
  kind: 'js' | 'css' = 'js',
) {
  const artifacts = Object.entries(blocks).map(([place, sources]): ArtifactWeight => {
    const own = sources.map(source);
    const size = sumOf(own.map((one) => one.size));
    return { name: `${place}.${kind}`, kind, size, sources: own, generated: sized(0) };
  });
  return {
    artifacts,
    sources: [],
    pages: Object.entries(pages).map(([template, shown]): PageWeight => {
      const [size, js, css, later] = [sized(0), sized(0), sized(0), sized(0)];
      return { template, contexts: [], size, js, css, later, blocks: shown };
    }),
    blocks: artifacts.map(({ name, size }): BlockWeight => {
      const id = name.replace(/\.\w+$/, '');
      const shown = Object.values(pages).filter((ids) => ids.includes(id)).length;
      const place = { template: id, line: undefined, column: undefined };
      return { id, ...place, kind, mode: 'file', size, later: sized(0), artifacts: [name], laterArtifacts: [], pages: shown }; // biome-ignore format: one row
    }),
  };
}

describe('findings', () => {
  const cases: readonly [
    name: string,
    blocks: Blocks,
    pages: Readonly<Record<string, readonly string[]>>,
    findings: string[],
  ][] = [
    ['nothing twice', { a: ['x.js 900'], b: ['y.js 900'] }, { p: ['a', 'b'] }, []],
    [
      'a source of the site twice',
      { a: ['x.js 900'], b: ['x.js 800', 'y.js 5'] },
      { p: ['a', 'b'] },
      ['repeated-source 800 p: a and b both ship x.js'],
    ],
    [
      'a package twice: what both hold of it',
      {
        a: ['lodash 4.1 sort.js 900', 'lodash 4.1 map.js 100'],
        b: ['lodash 4.1 sort.js 700', 'lodash 4.1 each.js 9'],
      },
      { p: ['a', 'b'] },
      ['repeated-package 700 p: a and b both ship lodash 4.1'],
    ],
    [
      'different parts of a package',
      { a: ['lodash 4.1 sort.js 900'], b: ['lodash 4.1 map.js 800'] },
      { p: ['a', 'b'] },
      ['repeated-package 800 p: a and b both ship parts of lodash 4.1'],
    ],
    [
      'three times',
      { a: ['x.js 900'], b: ['x.js 900'], c: ['x.js 900'] },
      { p: ['a', 'b', 'c'] },
      ['repeated-source 1800 p: a, b and c all ship x.js'],
    ],
    [
      'what a layout brings is said once',
      { a: ['x.js 900'], b: ['x.js 900'] },
      { q: ['a', 'b'], p: ['a', 'b'], r: ['a'] },
      ['repeated-source 900 p q: a and b both ship x.js'],
    ],
    ['not on one page', { a: ['x.js 900'], b: ['x.js 900'] }, { p: ['a'], q: ['b'] }, []],
    ['too small to matter', { a: ['x.js 499'], b: ['x.js 499'] }, { p: ['a', 'b'] }, []],
    ['texts in templates', { a: ['inline.js 900'], b: ['inline.js 900'] }, { p: ['a', 'b'] }, []],
    [
      'several versions of a package',
      { a: ['lodash 3.9 x.js 900'], b: ['lodash 4.1 y.js 700'] },
      { p: ['a', 'b'] },
      ['package-versions 700 p: there are 2 versions of lodash: 3.9 in a; 4.1 in b'],
    ],
    [
      'a block that no page shows',
      { a: ['x.js 900'], b: ['y.js 5'] },
      { p: ['b'] },
      ['block-unshown 900 : no page is known to show the block at a'],
    ],
  ];
  for (const [name, blocks, pages, expected] of cases) {
    it(name, () => {
      const found = findRepetitions(weightsOf(blocks, pages));
      assert.deepEqual(
        found.map(
          ({ code, size, pages: where, message }) => `${code} ${size.raw} ${where.join(' ')}: ${message}`,
        ),
        expected,
      );
    });
  }
});
