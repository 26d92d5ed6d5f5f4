import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { contentHash } from '../hash.ts';
import type { Manifest } from '../manifest/manifest.ts';
import { counterpartsIn } from './counterparts.ts';

/** Short for an artifact: its plain name, a letter for its hash, and its size. */
type ShortArtifact = readonly [name: string, version: string, size?: number];

/** Short for a release: groups of sources with the artifacts they became, the first of which refers to the others. */
function release(
  ...groups: readonly (readonly [sources: string, ...artifacts: ShortArtifact[]])[]
): Manifest {
  const artifacts: Manifest['artifacts'] = {};
  const table: Manifest['groups'] = {};
  for (const [sources, ...parts] of groups) {
    const [entry = '', ...references] = parts.map(([name, version]) => full(name, version));
    for (const [name, version, size = 1000] of parts) {
      const key = full(name, version);
      artifacts[key] = { size, integrity: '', references: key === entry ? references : [] };
    }
    table[contentHash(sources)] = {
      goal: 'style',
      sources: sources.split(' '),
      parts: [{ key: contentHash(sources), entry }],
    };
  }
  return {
    format: 'widgy-compressor-manifest',
    version: 1,
    recipes: {},
    literals: {},
    pages: {},
    blocks: [],
    inputs: {},
    groups: table,
    artifacts,
  };
}

function full(name: string, version: string): string {
  const dot = name.lastIndexOf('.');
  return `${name.slice(0, dot)}.${version.repeat(16)}${name.slice(dot)}`;
}

describe('counterpartsIn', () => {
  const cases: readonly [
    what: string,
    current: Manifest,
    previous: Manifest,
    of: ShortArtifact,
    expected: ShortArtifact | undefined,
  ][] = [
    [
      'the same plain name',
      release(['a.css', ['a.css', '2']]),
      release(['a.css', ['a.css', '1']], ['b.css', ['b.css', '1']]),
      ['a.css', '2'],
      ['a.css', '1'],
    ],
    [
      'the same plain name although all sources were renamed',
      release(['new.css', ['site.css', '2']]),
      release(['old.css', ['site.css', '1']]),
      ['site.css', '2'],
      ['site.css', '1'],
    ],
    [
      'nothing for what is new',
      release(['n.css', ['n.css', '2']]),
      release(['a.css', ['a.css', '1']]),
      ['n.css', '2'],
      undefined,
    ],
    [
      'nothing of another kind',
      release(['a.js', ['site.js', '2']]),
      release(['a.css', ['site.css', '1']]),
      ['site.js', '2'],
      undefined,
    ],
    [
      'itself, where it did not change',
      release(['a.css', ['site.css', '1']]),
      release(['a.css', ['site.css', '1']], ['a.css b.css', ['site.css', '0']]),
      ['site.css', '1'],
      ['site.css', '1'],
    ],
    [
      'of several the one with most sources in common',
      release(['a.css b.css c.css', ['site.css', '2', 5000]]),
      release(
        ['a.css x.css y.css', ['site.css', '0', 5000]],
        ['a.css b.css d.css', ['site.css', '1', 100]],
        ['z.css', ['site.css', '3', 5000]],
      ),
      ['site.css', '2'],
      ['site.css', '1'],
    ],
    [
      'a chunk, by the sources of the script that loads it',
      release(['main.js', ['main.js', '2'], ['later.js', '2']]),
      release(
        ['other.js', ['other.js', '0'], ['later.js', '0']],
        ['main.js', ['main.js', '1'], ['later.js', '1']],
      ),
      ['later.js', '2'],
      ['later.js', '1'],
    ],
    [
      'of parts of one group the one of the nearest size',
      release(['a.js', ['a.js', '2', 1000]]),
      release(['a.js', ['a.js', '0', 90], ['a.js', '1', 990]]),
      ['a.js', '2'],
      ['a.js', '1'],
    ],
    [
      'of equals always the same',
      release(['a.js', ['a.js', '2']]),
      release(['a.js', ['a.js', '1'], ['a.js', '0']]),
      ['a.js', '2'],
      ['a.js', '0'],
    ],
  ];
  for (const [what, current, previous, of, expected] of cases) {
    it(`finds ${what}`, () => {
      const name = counterpartsIn(current, previous)(full(of[0], of[1]));
      assert.equal(name, expected && full(expected[0], expected[1]));
    });
  }
});
