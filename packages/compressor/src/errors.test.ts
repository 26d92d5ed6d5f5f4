import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { advice, CompressorError, codeFrame, formatPlace } from './errors.ts';

describe('CompressorError', () => {
  it('has a message that is complete', () => {
    const error = new CompressorError('source-missing', {
      message: 'there is no file "a.css"',
      place: { file: 'home.liquid', line: 3, column: 5 },
      frame: '> 3 | x',
    });
    assert.equal(
      error.message,
      `home.liquid:3:5: there is no file "a.css" [source-missing]\n> 3 | x\n${advice['source-missing']}`,
    );
    assert.equal(error.summary, 'there is no file "a.css"');
  });

  it('prefers help of its own, and keeps the cause', () => {
    const cause = new Error('inner');
    const error = new CompressorError('tag-syntax', { message: 'wrong', help: 'Do it right.', cause });
    assert.deepEqual(
      [error.help, error.message, error.cause],
      ['Do it right.', 'wrong [tag-syntax]\nDo it right.', cause],
    );
  });
});

it('formatPlace leaves out what is not known', () => {
  assert.equal(formatPlace({ file: 'a' }), 'a');
  assert.equal(formatPlace({ file: 'a', line: 2 }), 'a:2');
});

describe('codeFrame', () => {
  const text = 'one\ntwo\r\nthree\rfour\nfive\nsix';
  const cases: readonly [name: string, frame: string, expected: string][] = [
    [
      'the middle',
      codeFrame(text, 3, 2),
      '  1 | one\n  2 | two\n> 3 | three\n    |  ^\n  4 | four\n  5 | five',
    ],
    ['the start', codeFrame(text, 1), '> 1 | one\n    | ^\n  2 | two\n  3 | three'],
    ['the end', codeFrame(text, 6, 4), '  4 | four\n  5 | five\n> 6 | six\n    |    ^'],
    ['an empty text', codeFrame('', 1, 1), '> 1 | \n    | ^'],
  ];
  for (const [name, frame, expected] of cases) it(`shows ${name}`, () => assert.equal(frame, expected));

  it('aligns numbers and cuts long lines', () => {
    const frame = codeFrame(`${'\n'.repeat(8)}a\n${'x'.repeat(500)}`, 10, 400);
    assert.match(frame, /^ {3}8 \| $/m);
    assert.ok(frame.split('\n').every((line) => line.length <= 170));
  });
});
