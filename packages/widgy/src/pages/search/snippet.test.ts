import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { SEED } from '../../tree/random-fixture.ts';
import { SNIPPET_LENGTH } from '../limits.ts';
import { readQuestion } from './question.ts';
import { snippetOf } from './snippet.ts';

const print = (text: string, search: string) =>
  snippetOf(text, readQuestion(search)?.wanted ?? [])
    .map((part) => (part.isHit ? `[${part.text}]` : part.text))
    .join('');

describe('a snippet', () => {
  const cases: readonly [text: string, search: string, snippet: string][] = [
    ['Built of oak.', 'oak ', 'Built of [oak].'],
    ['Built of Åak.', 'aak', 'Built of [Åak].'],
    ['Oak, oak and oaks', 'oak', '[Oak], [oak] and [oaks]'],
    ['Oak, oak and oaks', 'oak ', '[Oak], [oak] and oaks'],
    ['an old boat of old', '"old boat"', 'an [old boat] of old'],
    ['a\nb\n\nc', 'b ', 'a [b] c'],
    ['nothing of it', 'zzz', 'nothing of it'],
    ['', 'zzz', ''],
    ['日本の船', '船', '日本の[船]'],
  ];
  for (const [text, search, snippet] of cases) {
    it(`of ${JSON.stringify(text)} for ${search} is ${snippet}`, () =>
      assert.equal(print(text, search), snippet));
  }

  it('is cut around the first place, at whole words', () => {
    const filler = 'lorem ipsum '.repeat(100);
    assert.match(
      print(`${filler}oak ${filler}`, 'oak '),
      /^…(?:lorem|ipsum) .{10,60}\[oak\] .{50,200}(?:lorem|ipsum)…$/,
    );
    assert.match(print(`${filler}\nMade of oak ${filler}`, 'oak '), /^…Made of \[oak\]/);
    assert.match(print(filler, 'zzz'), /^lorem .*…$/);
  });

  it('is bounded, and of the text itself', () => {
    const property = fc.property(
      fc.string({ unit: 'binary', maxLength: 600 }),
      fc.string({ maxLength: 4 }),
      (text, search) => {
        const parts = snippetOf(text, readQuestion(search)?.wanted ?? []);
        const whole = parts.map((part) => part.text).join('');
        assert.ok(whole.length <= SNIPPET_LENGTH * 2 + 2, `${whole.length}`);
        const bare = (of: string) => of.replace(/\s+/g, '');
        assert.ok(bare(text).includes(bare(whole.replace(/^…|…$/g, ''))) || text.includes('…'));
      },
    );
    fc.assert(property, { seed: SEED, numRuns: 500 });
  });
});
