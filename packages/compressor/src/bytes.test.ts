import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { formatBytes, parseBytes } from './bytes.ts';

describe('bytes', () => {
  const read: readonly [given: unknown, bytes: number | undefined][] = [
    [0, 0],
    [170_000, 170_000],
    ['170 kB', 170_000],
    ['1.5 MB', 1_500_000],
    ['64 KiB', 65_536],
    ['2 MiB', 2_097_152],
    ['999 B', 999],
    ['0.0004 kB', 0],
    ['170kB', undefined],
    ['170 KB', undefined],
    ['-1 kB', undefined],
    ['1e3 B', undefined],
    ['170', undefined],
    ['', undefined],
    [-1, undefined],
    [1.5, undefined],
    [Number.NaN, undefined],
    [undefined, undefined],
  ];
  for (const [given, bytes] of read) {
    it(`reads ${JSON.stringify(given)}`, () => assert.equal(parseBytes(given), bytes));
  }

  const written: readonly [bytes: number, text: string][] = [
    [0, '0 B'],
    [999, '999 B'],
    [1000, '1.0 kB'],
    [170_049, '170.0 kB'],
    [999_949, '999.9 kB'],
    [999_950, '1.0 MB'],
    [12_345_678, '12.3 MB'],
  ];
  for (const [bytes, text] of written) {
    it(`writes ${text}`, () => assert.equal(formatBytes(bytes), text));
  }
});
