import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { type BrotliOptions, brotliDecompressSync, constants, zstdDecompressSync } from 'node:zlib';
import fc from 'fast-check';
import {
  canBeDictionary,
  compressWithDictionary,
  DICTIONARY_WINDOW,
  type DictionaryEncoding,
  dictionaryEncodingName,
  dictionaryEncodings,
  dictionaryHash,
  isDictionaryWorthwhile,
  isMadeWith,
} from './dictionary-encodings.ts';
import { siblingOf } from './sibling.ts';

/** As a browser does it: the header says what dictionary, the rest is a stream with that as it is. */
const decoders: Record<DictionaryEncoding['name'], (bytes: Buffer, dictionary: Buffer) => Buffer> = {
  dcb: (bytes, dictionary) => {
    // The types of Node know the dictionary of Zstandard only.
    const options: BrotliOptions & { dictionary: Buffer } = { dictionary };
    return brotliDecompressSync(bytes.subarray(36), options);
  },
  dcz: (bytes, dictionary) =>
    zstdDecompressSync(bytes.subarray(40), {
      dictionary,
      params: { [constants.ZSTD_d_windowLogMax]: Math.log2(DICTIONARY_WINDOW) },
    }),
};

const rules = (color: string) =>
  Buffer.from(Array.from({ length: 500 }, (_, index) => `.a${index * 7919}{color:${color}}`).join(''));

for (const encoding of dictionaryEncodings) {
  describe(encoding.name, () => {
    it('begins with its magic number and the hash of the dictionary', async () => {
      const dictionary = rules('red');
      const bytes = await compressWithDictionary(rules('blue'), dictionary, encoding, 'publishing');
      const magic = { dcb: 'ff444342', dcz: '5e2a4d1820000000' }[encoding.name];
      assert.equal(bytes.subarray(0, encoding.magic.length).toString('hex'), magic);
      assert.ok(isMadeWith(bytes, dictionaryHash(dictionary), encoding));
      assert.ok(!isMadeWith(bytes, dictionaryHash(rules('blue')), encoding));
      assert.ok(!isMadeWith(bytes.subarray(0, 20), dictionaryHash(dictionary), encoding));
    });

    for (const effort of ['waiting', 'publishing'] as const) {
      it(`decodes to the same, and is the same each time, ${effort}`, async () => {
        const [content, dictionary] = [rules('blue'), rules('red')];
        const once = await compressWithDictionary(content, dictionary, encoding, effort);
        assert.deepEqual(decoders[encoding.name](once, dictionary), content);
        assert.deepEqual(await compressWithDictionary(content, dictionary, encoding, effort), once);
      });
    }

    it('decodes to the same for any content and dictionary', async () => {
      await fc.assert(
        fc.asyncProperty(fc.uint8Array(), fc.uint8Array({ minLength: 1 }), async (content, dictionary) => {
          const [bytes, with_] = [Buffer.from(content), Buffer.from(dictionary)];
          const encoded = await compressWithDictionary(bytes, with_, encoding, 'waiting');
          assert.deepEqual(decoders[encoding.name](encoded, with_), bytes);
        }),
        { numRuns: 50 },
      );
    });

    it('reaches the far end of a dictionary that fills the window', async () => {
      // What no compressor can shrink without it: numbers from a generator of their own.
      let state = 1;
      const noise = () => {
        state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
        return state >>> 24;
      };
      const content = Buffer.from(Array.from({ length: 100_000 }, noise));
      const dictionary = Buffer.alloc(DICTIONARY_WINDOW - content.length, 'far ');
      content.copy(dictionary);
      assert.ok(canBeDictionary(dictionary, content.length));
      const encoded = await compressWithDictionary(content, dictionary, encoding, 'waiting');
      assert.ok(encoded.length < 1000, `${encoded.length} bytes`);
      assert.deepEqual(decoders[encoding.name](encoded, dictionary), content);
    });

    it('has names from which the artifact can be told', () => {
      const name = dictionaryEncodingName(
        'site.0123456789abcdef.css',
        dictionaryHash(rules('red')),
        encoding,
      );
      assert.match(name, new RegExp(`^site\\.0123456789abcdef\\.css\\.[0-9a-f]{16}\\.${encoding.name}$`));
      assert.equal(siblingOf(name), 'site.0123456789abcdef.css');
    });
  });
}

describe('canBeDictionary', () => {
  const cases: readonly [what: string, dictionary: Buffer, size: number, expected: boolean][] = [
    ['a style sheet', rules('red'), 1000, true],
    ['nothing', Buffer.alloc(0), 1000, false],
    ['what just fits the window', Buffer.alloc(1000), DICTIONARY_WINDOW - 1000, true],
    ['what does not fit the window', Buffer.alloc(1001), DICTIONARY_WINDOW - 1000, false],
    ['a dictionary in the format of Zstandard', Buffer.from('37a430ec00', 'hex'), 1000, false],
  ];
  for (const [what, dictionary, size, expected] of cases) {
    it(`${what}: ${expected}`, () => assert.equal(canBeDictionary(dictionary, size), expected));
  }
});

describe('isDictionaryWorthwhile', () => {
  for (const [size, expected] of [
    [800, true],
    [801, false],
  ] as const) {
    it(`${size} instead of 1000: ${expected}`, () =>
      assert.equal(isDictionaryWorthwhile(size, 1000), expected));
  }
});
