import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { memoryStorage } from '../../../compressor/src/storage/memory.ts';
import { withCode } from '../database/contract/fixtures.ts';
import { openMigrated } from '../testing/test-databases.ts';
import type { FileType } from './file-types.ts';
import { type MediaOptions, openMedia } from './store.ts';

describe('media', async () => {
  const database = await openMigrated(':memory:');
  const open = (options: Partial<MediaOptions>) =>
    openMedia({ database, storage: memoryStorage(1000), ...options });
  const type = (own: Partial<FileType>): FileType => {
    return { type: 'text/csv', extensions: ['csv'], isOne: () => true, ...own };
  };

  const good: readonly [what: string, options: Partial<MediaOptions>][] = [
    ['nothing else', {}],
    ['a path', { url: '/files/of/people/' }],
    ['the root of another host', { url: 'https://media.example:8443/' }],
    ['a folder of another host', { url: 'http://[::1]/media/' }],
    ['a type', { types: [type({})] }],
    ['one limit', { limits: { frames: 1 } }],
  ];
  for (const [what, options] of good) {
    it(`are opened with ${what}`, () => {
      const store = open(options);
      assert.equal(store.url, options.url ?? '/media/');
      assert.deepEqual(
        [store.limits.frames, store.limits.bytes],
        [options.limits?.frames ?? 200, 20 * 2 ** 20],
      );
    });
  }

  const wrong: readonly [what: string, options: Partial<MediaOptions>][] = [
    ['a site that is none', { site: 'a b' }],
    ['an address that does not end', { url: '/media' }],
    ['an address that is none', { url: 'media/' }],
    ['an address of a script', { url: 'javascript:alert(1)//' }],
    ['an address of who knows whom', { url: '//evil.example/' }],
    ['an address that ends an attribute', { url: '/"><script>/' }],
    ['a limit of nothing', { limits: { bytes: 0 } }],
    ['a limit that is no number', { limits: { pixels: Number.NaN } }],
    ['a type that is none', { types: [type({ type: 'text/csv\r\nset-cookie: a' })] }],
    ['a type with a parameter', { types: [type({ type: 'text/csv; a=b' })] }],
    ['an extension with a dot', { types: [type({ extensions: ['.csv'] })] }],
    ['an extension that is a path', { types: [type({ extensions: ['csv', '../x'] })] }],
    ['a type that is there already', { types: [type({ type: 'image/png' })] }],
    ['an extension that is there already', { types: [type({ extensions: ['jpeg'] })] }],
    ['a type twice', { types: [type({}), type({ extensions: ['tsv'] })] }],
  ];
  for (const [what, options] of wrong) {
    it(`are not opened with ${what}`, () => assert.throws(() => open(options), withCode('media-invalid')));
  }
});
