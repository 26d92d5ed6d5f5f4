import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import fc from 'fast-check';
import { SEED } from '../../tree/random-fixture.ts';
import { cleanRichText } from './sanitise-rich-text.ts';
import { markupOfTyped, typedOfMarkup } from './typed-text.ts';

describe('rich text that is typed', () => {
  const typed: readonly [text: string, markup: string][] = [
    ['One line', '<p>One line</p>'],
    ['One\n\nTwo', '<p>One</p><p>Two</p>'],
    ['One\nstill one', '<p>One<br />still one</p>'],
    ['\n\n One \n \t\n\nTwo\n', '<p>One</p><p>Two</p>'],
    ['3 < 5 & "six" > 4', '<p>3 &lt; 5 &amp; "six" &gt; 4</p>'],
    ['x<y and z', '<p>x&lt;y and z</p>'],
    ['x<y and y>', 'x<y and y>'],
    ['a <b, R&D, fish & chips', '<p>a &lt;b, R&amp;D, fish &amp; chips</p>'],
    ['', ''],
    [' \n ', ' \n '],
    ['<p>One</p>', '<p>One</p>'],
    ['One <em>two</em>\n\nthree', 'One <em>two</em>\n\nthree'],
    ['AT&amp;T', 'AT&amp;T'],
    ['<!-- a -->', '<!-- a -->'],
  ];
  for (const [text, markup] of typed) {
    it(`${JSON.stringify(text)} is kept as ${JSON.stringify(markup)}`, () =>
      assert.equal(markupOfTyped(text), markup));
  }

  const kept: readonly [markup: string, text: string][] = [
    ['<p>One<br />two</p><p>3 &lt; 5</p>', 'One\ntwo\n\n3 < 5'],
    ['<p>One <em>two</em></p>', '<p>One <em>two</em></p>'],
    ['<p>Write &amp;lt; for it</p>', '<p>Write &amp;lt; for it</p>'],
    ['<p lang="de">Eins</p>', '<p lang="de">Eins</p>'],
    ['<p></p>', '<p></p>'],
    ['<h2>One</h2><p>Two</p>', '<h2>One</h2><p>Two</p>'],
    ['One', 'One'],
  ];
  for (const [markup, text] of kept) {
    it(`${markup} is shown as ${JSON.stringify(text)}`, () => assert.equal(typedOfMarkup(markup), text));
  }

  const parts = [
    'a',
    ' ',
    '\n',
    '\n\n',
    '<',
    '>',
    '&',
    ';',
    'lt',
    '"',
    '<p>',
    '</p>',
    '<br />',
    '&amp;',
    'é',
  ];
  it('is what it was when it is opened and saved', () => {
    const text = fc.array(fc.constantFrom(...parts), { maxLength: 12 }).map((list) => list.join(''));
    fc.assert(
      fc.property(text, (words) => {
        const markup = cleanRichText(markupOfTyped(words));
        const again = cleanRichText(markupOfTyped(typedOfMarkup(markup)));
        // Without a tag at all it becomes a paragraph once.
        assert.equal(cleanRichText(markupOfTyped(typedOfMarkup(again))), again);
        if (markup.startsWith('<')) assert.equal(again, markup);
      }),
      { seed: SEED, numRuns: 500 },
    );
  });
});
