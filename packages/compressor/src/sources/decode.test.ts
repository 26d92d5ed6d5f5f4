import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { decode } from './decode.ts';

const bytes = (...parts: readonly (string | readonly number[])[]): Uint8Array =>
  Buffer.concat(
    parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'latin1') : Buffer.from(part))),
  );

const E_ACUTE = [0xc3, 0xa9];

describe('decode', () => {
  const cases: readonly [
    name: string,
    content: Uint8Array,
    file: string,
    charset: string | undefined,
    text: string,
  ][] = [
    ['UTF-8 by default', bytes('a', E_ACUTE), 'a.css', undefined, 'aé'],
    ['an empty file', bytes(), 'a.css', undefined, ''],
    ['UTF-8 with its mark, left out', bytes([0xef, 0xbb, 0xbf], 'a'), 'a.css', undefined, 'a'],
    ['UTF-16LE by its mark', bytes([0xff, 0xfe], 'a\0b\0'), 'a.js', undefined, 'ab'],
    ['UTF-16BE by its mark', bytes([0xfe, 0xff], '\0a\0b'), 'a.js', undefined, 'ab'],
    [
      'a mark against the declared encoding',
      bytes([0xef, 0xbb, 0xbf], E_ACUTE),
      'a.css',
      'windows-1252',
      'é',
    ],
    ['the declared encoding', bytes([0xe9, 0x80]), 'a.js', 'windows-1252', 'é€'],
    ['another label of it', bytes([0xe9]), 'a.js', 'Latin1', 'é'],
    ['many bytes for a character', bytes([0x82, 0xa0]), 'a.js', 'shift_jis', 'あ'],
    ['@charset', bytes('@charset "iso-8859-15";', [0xa4]), 'a.scss', undefined, '@charset "iso-8859-15";€'],
    [
      'the declared encoding against @charset',
      bytes('@charset "iso-8859-15";', E_ACUTE),
      'a.css',
      'utf-8',
      '@charset "iso-8859-15";é',
    ],
    [
      '@charset "utf-16", which nobody could read',
      bytes('@charset "utf-16";', E_ACUTE),
      'a.css',
      undefined,
      '@charset "utf-16";é',
    ],
    [
      '@charset that is not first',
      bytes(' @charset "shift_jis";', E_ACUTE),
      'a.css',
      undefined,
      ' @charset "shift_jis";é',
    ],
    [
      '@charset in a script',
      bytes('@charset "shift_jis";', E_ACUTE),
      'a.js',
      undefined,
      '@charset "shift_jis";é',
    ],
  ];
  for (const [name, content, file, charset, text] of cases) {
    it(name, () => assert.equal(decode(content, file, charset), text));
  }

  it('says that an encoding is unknown', () => {
    assert.throws(() => decode(bytes('a'), 'a.css', 'utf-9'), {
      code: 'encoding-unknown',
      place: { file: 'a.css' },
    });
    assert.throws(() => decode(bytes('@charset "x";'), 'a.css', undefined), { code: 'encoding-unknown' });
  });

  const wrong: readonly [
    name: string,
    content: Uint8Array,
    charset: string | undefined,
    line: number,
    column: number,
  ][] = [
    ['the first byte', bytes([0xff], 'a'), undefined, 1, 1],
    ['a byte in the third line', bytes('a\n\nbc', [0xe9], 'd'), undefined, 3, 3],
    ['after characters of several bytes', bytes(E_ACUTE, E_ACUTE, [0xe9], 'd'), undefined, 1, 3],
    [
      'after a replacement character, which is no error',
      bytes([0xef, 0xbf, 0xbd], '\n', [0xe9]),
      undefined,
      2,
      1,
    ],
    ['after lines of Windows and of old Macs', bytes('a\r\nb\rc', [0xe9], 'd'), undefined, 3, 2],
    ['a character cut by the end', bytes('ab', [0xc3]), undefined, 1, 3],
    ['after a byte order mark', bytes([0xef, 0xbb, 0xbf], 'a', [0xff]), undefined, 1, 2],
    ['half of a pair', bytes([0xff, 0xfe], 'a\0', [0x00, 0xdc], 'b\0'), undefined, 1, 2],
    ['in another encoding', bytes('a\n', [0x82]), 'shift_jis', 2, 1],
  ];
  for (const [name, content, charset, line, column] of wrong) {
    it(`gives the place of ${name}`, () => {
      assert.throws(() => decode(content, 'a.css', charset), {
        code: 'source-encoding',
        place: { file: 'a.css', line, column },
      });
    });
  }
});
