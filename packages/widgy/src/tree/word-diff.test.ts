import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { SEED } from './random-fixture.ts';
import { diffWords, MAX_WORD_PAIRS, type TextPiece } from './word-diff.ts';

/** What is a text's own stands in brackets. */
const marked = (pieces: readonly TextPiece[]) =>
  pieces.map(({ text, isOwn }) => (isOwn ? `[${text}]` : text)).join('');
const textOf = (pieces: readonly TextPiece[]) => pieces.map(({ text }) => text).join('');
const sharedOf = (pieces: readonly TextPiece[]) => textOf(pieces.filter(({ isOwn }) => !isOwn));

describe('the words that two texts do not share', () => {
  const rows: readonly (readonly [
    before: string,
    after: string,
    markedBefore: string,
    markedAfter: string,
  ])[] = [
    ['', '', '', ''],
    ['a b', 'a b', 'a b', 'a b'],
    ['', 'new', '', '[new]'],
    ['from April on', 'from May on', 'from [April] on', 'from [May] on'],
    ['one two three', 'one three', 'one [two ]three', 'one three'],
    ['Öl und Brot', 'Öl, Brot', 'Öl[ und] Brot', 'Öl[,] Brot'],
    ['boats', 'boat', '[boats]', '[boat]'],
    ['a\nb', 'a b', 'a[\n]b', 'a[ ]b'],
  ];
  for (const [before, after, ...expected] of rows) {
    it(`${JSON.stringify(before)} and ${JSON.stringify(after)}`, () => {
      const diff = diffWords(before, after);
      assert.deepEqual([marked(diff.before), marked(diff.after)], expected);
    });
  }

  it('loses nothing, and shares the same on both sides', () => {
    const words = fc.array(fc.constantFrom('a', 'b', 'cd', ' ', '\n', '.', '<b>', '🙂'), { maxLength: 30 });
    fc.assert(
      fc.property(words, words, (a, b) => {
        const [before, after] = [a.join(''), b.join('')];
        const diff = diffWords(before, after);
        assert.equal(textOf(diff.before), before);
        assert.equal(textOf(diff.after), after);
        assert.equal(sharedOf(diff.before), sharedOf(diff.after));
      }),
      { seed: SEED },
    );
  });

  it('takes what is too long between the same ends for different', () => {
    const words = (word: string) => `${word} `.repeat(Math.sqrt(MAX_WORD_PAIRS));
    const diff = diffWords(`start ${words('x')}end`, `start ${words('y')}end`);
    assert.equal(diff.before.length, 3);
    assert.equal(sharedOf(diff.after), 'start  end');
  });
});
