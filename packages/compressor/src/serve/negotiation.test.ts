import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { acceptedEncodings } from './negotiation.ts';

const available = ['dcb', 'br', 'zstd', 'gzip'].map((name) => ({ name }));

describe('acceptedEncodings', () => {
  const cases: readonly [header: string | undefined, expected: string][] = [
    [undefined, ''],
    ['', ''],
    ['gzip, deflate, br, zstd, dcb, dcz', 'dcb br zstd gzip'],
    ['gzip, deflate, br, zstd', 'br zstd gzip'],
    ['GZIP, Br', 'br gzip'],
    ['gzip, zstd', 'zstd gzip'],
    ['gzip', 'gzip'],
    ['deflate', ''],
    ['*', 'dcb br zstd gzip'],
    ['*, br;q=0', 'dcb zstd gzip'],
    ['*;q=0', ''],
    ['*;q=0, gzip', 'gzip'],
    ['gzip;q=1, br;q=0', 'gzip'],
    ['gzip;q=0.9, br;q=0.1', 'gzip br'],
    ['br;q=0.5, gzip;q=0.5', 'br gzip'],
    ['gzip;q=0.001', 'gzip'],
    ['identity', ''],
    ['identity, br', 'br'],
    ['identity;q=1, br;q=0.5', ''],
    ['identity;q=0.5, br', 'br'],
    ['identity;q=0.5, br, gzip;q=0.2', 'br'],
    ['identity;q=0, gzip', 'gzip'],
    ['identity;q=0', ''],
    ['br;q=nonsense', ''],
    ['br;;;, ,gzip', 'br gzip'],
    [', ,', ''],
  ];
  for (const [header, expected] of cases) {
    it(`takes ${header === undefined ? 'no header' : `"${header}"`} for [${expected}]`, () => {
      assert.equal(
        acceptedEncodings(header, available)
          .map(({ name }) => name)
          .join(' '),
        expected,
      );
    });
  }

  it('gives what is available, each at most once, whatever the header', () => {
    fc.assert(
      fc.property(fc.string(), (header) => {
        const accepted = acceptedEncodings(header, available);
        assert.equal(new Set(accepted).size, accepted.length);
        assert.ok(accepted.every((offer) => available.includes(offer)));
      }),
    );
  });
});
