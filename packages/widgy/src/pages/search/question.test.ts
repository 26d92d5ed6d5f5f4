import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { SEED } from '../../tree/random-fixture.ts';
import { MAX_SEARCH_TERMS, MAX_SEARCH_TEXT, MAX_WORD_LENGTH } from '../limits.ts';
import { readQuestion, type Term } from './question.ts';
import { placedWords, wordKey, wordsOf } from './words.ts';

describe('words', () => {
  const cases: readonly [text: string, words: string][] = [
    ['Built of OAK, 1905', 'built of oak 1905'],
    ['Ålesund café cafe\u0301', 'alesund cafe cafe'],
    ['Straße ﬁn ½', 'strasse fin 12'],
    ['日本の船 boat', '日 本 の 船 boat'],
    ['boat日本', 'boat 日 本'],
    ['a-b a_b a.b', 'a b a b a b'],
    ['\u0301 \0 \ud800 !', ''],
  ];
  for (const [text, words] of cases) {
    it(`of ${JSON.stringify(text)} are ${words}`, () => assert.equal(wordKey(text), words));
  }

  it('are letters and digits, and stand where they say', () => {
    const property = fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (text) => {
      for (const { word, start, end } of placedWords(text)) {
        assert.match(word, /^[\p{L}\p{N}]+$/u);
        assert.ok(word.length <= MAX_WORD_LENGTH * 2);
        assert.equal([...wordsOf(text.slice(start, end))].join(''), word);
      }
    });
    fc.assert(property, { seed: SEED, numRuns: 1000 });
  });
});

describe('a question', () => {
  const print = ({ words, isPrefix }: Term) => words.join('+') + (isPrefix ? '*' : '');
  const cases: readonly [text: string, wanted: string | undefined, unwanted?: string][] = [
    ['oak boats', 'oak boats*'],
    ['oak boats ', 'oak boats'],
    ['oak boats!', 'oak boats'],
    ['"oak boats" sails', 'oak+boats sails*'],
    ['“oak boats”', 'oak+boats'],
    ['"oak boats', 'oak+boats'],
    ['oak -boats', 'oak', 'boats'],
    ['-"oak boats" x ', 'x', 'oak+boats'],
    ['well-made ', 'well+made'],
    ['-well-made x ', 'x', 'well+made'],
    ['日本', '日+本*'],
    ['-oak', undefined],
    ['- " \' "', undefined],
    ['', undefined],
    ['a & b | !c NOT d ', 'a b c not d'],
  ];
  for (const [text, wanted, unwanted = ''] of cases) {
    it(`${JSON.stringify(text)} is for ${wanted}, without ${unwanted}`, () => {
      const question = readQuestion(text);
      assert.equal(question?.wanted.map(print).join(' '), wanted);
      if (question !== undefined) assert.equal(question.unwanted.map(print).join(' '), unwanted);
    });
  }

  it('is bounded', () => {
    assert.equal(readQuestion('a '.repeat(1000))?.wanted.length, MAX_SEARCH_TERMS);
    const [term] = readQuestion(`${'x'.repeat(MAX_SEARCH_TEXT)}y`)?.wanted ?? [];
    assert.equal(term?.words[0].length, MAX_WORD_LENGTH);
  });
});
