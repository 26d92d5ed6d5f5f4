import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { describedTypes } from '../commands/commands-fixture.ts';
import { fitOf, normal, wordsOf } from './match.ts';
import { searchTypes } from './search-offers.ts';

describe('matching', () => {
  it('does not mind case, marks and space', () => {
    assert.equal(normal('Überschrift É'), 'uberschrift e');
    assert.deepEqual(wordsOf('  Zwei  SPÄLTEN '), ['zwei', 'spalten']);
  });

  it('prefers the beginning of a text, then of a word', () => {
    const cases: readonly [text: string, word: string, fit: number][] = [
      ['heading', 'head', 3],
      ['big heading', 'head', 2],
      ['subheading heading', 'head', 2],
      ['subheading', 'head', 1],
      ['two-column', 'column', 2],
      ['text', 'head', 0],
    ];
    for (const [text, word, fit] of cases) assert.equal(fitOf(text, word), fit, text);
  });
});

describe('searching types', () => {
  const types = describedTypes(
    [
      { type: 'subheading', label: 'Subheading' },
      { type: 'heading', label: 'Heading' },
      { type: 'text', label: 'Text' },
      { type: 'two-columns', label: 'Zwei Spalten' },
    ],
    {
      text: { description: 'Paragraphs without a heading.', keywords: ['rich text', 'list'] },
      subheading: { keywords: ['headings list'] },
    },
  ).map((type) => ({ type }));

  it('finds by label, name, other words and description, the best first', () => {
    const cases: readonly [typed: string, found: string][] = [
      ['', 'subheading heading text two-columns'],
      ['head', 'heading subheading text'],
      ['HEADING', 'heading subheading text'],
      ['columns', 'two-columns'],
      ['list', 'text subheading'],
      ['rich list', 'text'],
      ['spalten zwei', 'two-columns'],
      ['zwei text', ''],
      ['xyz', ''],
    ];
    for (const [typed, found] of cases)
      assert.equal(
        searchTypes(types, typed)
          .map(({ type }) => type.type)
          .join(' '),
        found,
        typed,
      );
  });
});
