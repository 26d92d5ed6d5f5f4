import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatManifest, type Manifest } from '../manifest/manifest.ts';
import { releaseFile } from '../releases/release.ts';
import { memoryStorage } from '../storage/memory.ts';
import { findPreviousRelease } from './previous-release.ts';

/** A manifest of one bundle; the bundle is another one for each name. */
function manifestOf(name: string): Manifest {
  const artifact = `${name}.0123456789abcdef.js`;
  return {
    format: 'widgy-compressor-manifest',
    version: 1,
    groups: {
      '0123456789abcdef': {
        goal: 'classic',
        sources: [`${name}.js`],
        parts: [{ key: '0123456789abcdef', entry: artifact }],
      },
    },
    recipes: {},
    literals: {},
    pages: {},
    blocks: [],
    artifacts: { [artifact]: { size: 1, integrity: '', references: [] } },
    inputs: {},
  };
}

describe('the previous release', () => {
  /** Releases as `id bundle`, the oldest first. */
  const cases: readonly [name: string, releases: readonly string[], previous: string | undefined][] = [
    ['there is none', [], undefined],
    ['this build was published, and nothing before', ['v1 now'], undefined],
    ['this build is new', ['v1 a', 'v2 b'], 'v2'],
    ['this build was published', ['v1 a', 'v2 b', 'v3 now'], 'v2'],
    ['this build was published twice, with other ids', ['v1 a', 'v3 now', 'v4 now'], 'v1'],
  ];
  for (const [name, releases, expected] of cases) {
    it(name, async () => {
      const storage = memoryStorage(1_000_000);
      for (const [day, release] of releases.entries()) {
        const [id = '', bundle = ''] = release.split(' ');
        const text = formatManifest(manifestOf(bundle));
        await storage.write(releaseFile(id), Buffer.from(text), new Date(2026, 0, day + 1));
      }
      const previous = await findPreviousRelease(storage, manifestOf('now'));
      assert.equal(previous?.id, expected);
    });
  }
});
