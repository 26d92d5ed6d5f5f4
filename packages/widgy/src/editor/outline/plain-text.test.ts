import assert from 'node:assert/strict';
import { describe, it } from 'node:test';
import { plainText } from './plain-text.ts';

describe('a text without markup', () => {
  const cases: readonly [kind: string, text: string, plain: string][] = [
    ['rich-text', '<h2>A <em>gr</em>eat</h2><p>day &amp; night</p>', 'A great day & night'],
    ['rich-text', 'word <a href="', 'word'],
    ['rich-text', ' 1 < 2  and 3 > 2 <!-- x --></p>', '1 < 2 and 3 > 2'],
    ['unsafe-html', '<b>a</b>', 'a'],
    ['markdown', '## A **great** [day](/day)\n- one', 'A great day one'],
    ['text', ' a <b> c\n\0d ', 'a <b> c d'],
  ];
  for (const [kind, text, plain] of cases)
    it(`${kind}: ${text}`, () => assert.equal(plainText(text, kind), plain));
});
