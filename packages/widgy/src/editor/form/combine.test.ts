import assert from 'node:assert/strict';
import { it } from 'node:test';
import { combineBlocks, combineTexts } from './combine.ts';

it('combines two texts, with what both have once', () => {
  const cases: readonly [theirs: string, mine: string, both: string][] = [
    ['a b', 'a b', 'a b'],
    ['', 'mine', 'mine'],
    ['theirs', '', 'theirs'],
    ['The red boat', 'The blue boat', 'The red blue boat'],
    ['Hello there', 'Hello here', 'Hello there here'],
    ['One two', 'Two one', 'One two Two one'],
    ['One', 'One more', 'One more'],
    ['x x', 'x', 'x x'],
  ];
  for (const [theirs, mine, both] of cases) assert.equal(combineTexts(theirs, mine), both);
});

it('combines paragraphs, each once', () => {
  assert.equal(combineBlocks(['<p>a</p>', '<p>b</p>'], ['<p>a</p>', '<p>c</p>']), '<p>a</p><p>b</p><p>c</p>');
});
