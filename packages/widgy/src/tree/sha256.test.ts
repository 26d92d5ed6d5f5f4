import assert from 'node:assert/strict';
import { hash } from 'node:crypto';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { SEED } from './random-fixture.ts';
import { sha256 } from './sha256.ts';

describe('sha256', () => {
  // The examples of FIPS 180-4 and of NIST's set of test vectors.
  const vectors: readonly [name: string, text: string, digest: string][] = [
    ['nothing', '', 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855'],
    ['one block', 'abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    [
      'two blocks',
      'abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq',
      '248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1',
    ],
    [
      'a million letters',
      'a'.repeat(1_000_000),
      'cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0',
    ],
  ];
  for (const [name, text, digest] of vectors) it(name, () => assert.equal(sha256(text), digest));

  it('agrees with OpenSSL at every length around the edges of a block', () => {
    for (let length = 0; length < 200; length++) {
      const text = 'x'.repeat(length);
      assert.equal(sha256(text), hash('sha256', text));
    }
  });

  it('agrees with OpenSSL on any text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 300 }), (text) => {
        assert.equal(sha256(text), hash('sha256', text));
      }),
      { seed: SEED, numRuns: 100 },
    );
  });
});
