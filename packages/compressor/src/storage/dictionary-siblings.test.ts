import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import {
  DICTIONARY_BROTLI,
  DICTIONARY_WINDOW,
  DICTIONARY_ZSTANDARD,
  dictionaryEncodingName,
  dictionaryHash,
  isMadeWith,
} from './dictionary-encodings.ts';
import { dictionarySiblings, isVersioned } from './dictionary-siblings.ts';

const NAME = 'site.0123456789abcdef.css';
const sheet = (version: string) =>
  Buffer.from(Array.from({ length: 300 }, (_, index) => `.a${index * 7919}{color:red}`).join('') + version);
const [old, next] = [sheet('old'), sheet('next')];
const hash = dictionaryHash(old);
const brotliName = dictionaryEncodingName(NAME, hash, DICTIONARY_BROTLI);
const zstandardName = dictionaryEncodingName(NAME, hash, DICTIONARY_ZSTANDARD);

async function namesFor(
  dictionary: Buffer,
  {
    load = async () => next,
    brotliSize = 1000,
    kept = [],
  }: { load?: () => Promise<Buffer | undefined>; brotliSize?: number; kept?: readonly string[] } = {},
): Promise<string[]> {
  const sizeOf = (name: string) => (kept.includes(name) ? 100 : undefined);
  const siblings = await dictionarySiblings({ name: NAME, brotliSize }, load, dictionary, sizeOf);
  return siblings.map(({ name }) => name);
}

describe('dictionarySiblings', () => {
  it('are two, made with the earlier version, and the same each time', async () => {
    const make = () =>
      dictionarySiblings(
        { name: NAME, brotliSize: 1000 },
        async () => next,
        old,
        () => undefined,
      );
    const siblings = await make();
    assert.deepEqual(
      siblings.map(({ name }) => name),
      [brotliName, zstandardName],
    );
    const [brotli, zstandard] = siblings.map(({ bytes }) => Buffer.from(bytes));
    assert.ok(brotli && isMadeWith(brotli, hash, DICTIONARY_BROTLI));
    assert.ok(zstandard && isMadeWith(zstandard, hash, DICTIONARY_ZSTANDARD));
    assert.deepEqual(await make(), siblings);
  });

  it('are only those that are missing; if none is, nothing is loaded', async () => {
    assert.deepEqual(await namesFor(old, { kept: [brotliName] }), [zstandardName]);
    const load = () => Promise.reject(new Error('loaded'));
    assert.deepEqual(await namesFor(old, { kept: [brotliName, zstandardName], load }), []);
  });

  const none: readonly [what: string, dictionary: Buffer, options: Parameters<typeof namesFor>[1]][] = [
    ['the earlier version has little in common', Buffer.from('p{margin:0 auto}'.repeat(30)), {}],
    ['Brotli alone is hardly larger', old, { brotliSize: 60 }],
    ['it does not fit the window with its dictionary', Buffer.alloc(DICTIONARY_WINDOW, next), {}],
    ['it is too large for memory', old, { load: async () => undefined }],
    ['there is nothing in the dictionary', Buffer.alloc(0), {}],
  ];
  for (const [what, dictionary, options] of none) {
    it(`are none where ${what}`, async () => assert.deepEqual(await namesFor(dictionary, options), []));
  }
});

describe('isVersioned', () => {
  const cases: readonly [name: string, type: string, size: number, expected: boolean][] = [
    [NAME, 'text/css', 1000, true],
    ['a.0123456789abcdef.svg', 'image/svg+xml', 1000, true],
    [NAME, 'text/css', 100, false],
    ['a.0123456789abcdef.png', 'image/png', 1000, false],
    ['a.0123456789abcdef.js.map', 'application/json', 1000, false],
  ];
  for (const [name, type, size, expected] of cases) {
    it(`${name}, ${size} bytes: ${expected}`, () =>
      assert.equal(isVersioned({ name, type, size }), expected));
  }
});
